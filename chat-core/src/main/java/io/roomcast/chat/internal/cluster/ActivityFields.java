package io.roomcast.chat.internal.cluster;

import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.event.UploadProgress;
import io.roomcast.chat.internal.cluster.ClusterEvent.ConversationNotice;
import io.roomcast.chat.internal.cluster.ClusterEvent.ConversationNotice.Cause;
import io.roomcast.chat.internal.cluster.ClusterEvent.RoomEvent;
import io.roomcast.chat.internal.cluster.ClusterEvent.UnreadNotice;
import io.roomcast.chat.internal.cluster.ClusterEvent.UserChange;
import io.roomcast.chat.internal.cluster.ControlEvent.Answer.Item;
import io.roomcast.chat.internal.cluster.ControlEvent.Request.Action;
import io.roomcast.chat.internal.cluster.ControlEvent.UserSessions;
import io.roomcast.chat.internal.cluster.ControlEvent.UserSessions.RankedSession;
import io.roomcast.chat.internal.cluster.NodeState.RoomState;
import io.roomcast.chat.internal.cluster.NodeState.RoomUser;
import io.roomcast.chat.internal.cluster.NodeState.UserState;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.UploadOutcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes and reads receipts, presence, the users of rooms, uploads, and the codes of requests. */
final class ActivityFields {
    static final EnumCodes<Action> ACTIONS = new EnumCodes<>(Action.class, action -> switch (action) {
        case REVOKE -> 1;
        case KICK -> 2;
        case REMOVE_MEMBER -> 3;
        case CHANGE_ROLE -> 4;
        case LIMIT_SESSIONS -> 5;
        case RECENT_REVOCATIONS -> 6;
        case RESYNC -> 7;
        case FORGET_USER -> 8;
        case DELETE_CONVERSATION -> 9;
    });

    private static final EnumCodes<Receipt.Kind> RECEIPTS = new EnumCodes<>(Receipt.Kind.class, kind -> switch (kind) {
        case DELIVERED -> 1;
        case READ -> 2;
        case JOINED -> 3;
    });

    private static final EnumCodes<Presence.Status> STATUSES =
            new EnumCodes<>(Presence.Status.class, status -> switch (status) {
                case ONLINE -> 1;
                case AWAY -> 2;
                case OFFLINE -> 3;
            });

    private static final EnumCodes<Cause> CAUSES = new EnumCodes<>(Cause.class, cause -> switch (cause) {
        case UPDATED -> 1;
        case MEMBER_ADDED -> 2;
        case MEMBER_REMOVED -> 3;
        case MEMBER_UPDATED -> 4;
        case DELETED -> 5;
        case PREFERENCES -> 6;
        case MENTIONS -> 7;
    });

    private static final EnumCodes<UploadOutcome> OUTCOMES =
            new EnumCodes<>(UploadOutcome.class, outcome -> switch (outcome) {
                case SENT -> 1;
                case READY -> 2;
                case CANCELLED -> 3;
                case REJECTED -> 4;
                case EXPIRED -> 5;
            });

    /** The tag of the later field of an unread notice. */
    private static final int LAST_MESSAGE = 1;

    /** The tag of the later field of a room's state: the numbers of sessions and of typing users. */
    private static final int COUNTS = 1;

    private static final int JOINED = 1;
    private static final int VIEWING = 2;

    private ActivityFields() {}

    static void write(FrameWriter out, Receipt receipt) {
        out.writeByte(RECEIPTS.codeOf(receipt.kind()));
        out.writeText(receipt.userId());
        out.writeLong(receipt.upToSeq());
        out.writeInstant(receipt.at());
    }

    static Receipt readReceipt(FrameReader in, String conversationId) {
        return new Receipt(in.readEnum(RECEIPTS), conversationId, in.readText(), in.readCount(), in.readInstant());
    }

    static void write(FrameWriter out, RoomEvent event) {
        out.writeText(event.userId());
        out.writeText(event.name());
        out.writeText(event.data());
        out.writeInstant(event.at());
        out.writeTexts(event.toUserIds());
    }

    static RoomEvent readRoomEvent(FrameReader in, String conversationId) {
        return new RoomEvent(
                conversationId,
                in.readOptionalText(),
                in.readText(),
                in.readOptionalText(),
                in.readInstant(),
                in.readTexts());
    }

    static void write(FrameWriter out, UploadProgress event) {
        out.writeText(event.userId());
        out.writeText(event.uploadId());
        out.writeText(event.fileName());
        out.writeLong(event.loaded());
        out.writeLong(event.total());
    }

    static UploadProgress readProgress(FrameReader in, String conversationId) {
        return new UploadProgress(
                conversationId, in.readText(), in.readText(), in.readText(), in.readCount(), in.readCount());
    }

    static void write(FrameWriter out, UploadFinished event) {
        ErrorCode code = event.code();
        out.writeText(event.conversationId());
        out.writeText(event.userId());
        out.writeText(event.uploadId());
        out.writeText(event.fileName());
        out.writeByte(OUTCOMES.codeOf(event.outcome()));
        out.writeText(event.messageId());
        out.writeText(event.fileUrl());
        out.writeText(code == null ? null : code.wireName());
    }

    static UploadFinished readFinished(FrameReader in) {
        return new UploadFinished(
                in.readText(),
                in.readText(),
                in.readText(),
                in.readText(),
                in.readEnum(OUTCOMES),
                in.readOptionalText(),
                in.readOptionalText(),
                code(in.readOptionalText()));
    }

    /** A later release may have further codes. */
    private static @Nullable ErrorCode code(@Nullable String wireName) {
        return wireName == null
                ? null
                : Stream.of(ErrorCode.values())
                        .filter(code -> code.wireName().equals(wireName))
                        .findFirst()
                        .orElse(ErrorCode.REJECTED);
    }

    static void write(FrameWriter out, Presence presence) {
        out.writeText(presence.userId());
        out.writeByte(STATUSES.codeOf(presence.status()));
        out.writeInstant(presence.lastSeenAt());
    }

    static Presence readPresence(FrameReader in) {
        return new Presence(in.readText(), in.readEnum(STATUSES), in.readOptionalInstant());
    }

    static void write(FrameWriter out, UserState state) {
        out.writeLong(state.number());
        out.writeByte(STATUSES.codeOf(state.status()));
        out.writeInstant(state.lastSeenAt());
    }

    static UserState readUserState(FrameReader in, String userId) {
        return new UserState(userId, in.readLong(), in.readEnum(STATUSES), in.readOptionalInstant());
    }

    static void write(FrameWriter out, RoomState state) {
        out.writeLong(state.number());
        out.writeInt(state.online());
        out.writeList(state.users(), ActivityFields::write);
        if (state.sessions() != state.online() || state.typing() != 0) {
            out.endWith(COUNTS, () -> {
                out.writeInt(state.sessions());
                out.writeInt(state.typing());
            });
        }
    }

    private static void write(FrameWriter out, RoomUser user) {
        out.writeText(user.userId());
        out.writeByte((user.isJoined() ? JOINED : 0) | (user.isViewing() ? VIEWING : 0));
    }

    static RoomState readRoomState(FrameReader in, String conversationId) {
        long number = in.readLong();
        int online = in.readInt();
        List<RoomUser> users = in.readList(ActivityFields::readRoomUser);
        int[] counts = in.readLater(COUNTS, content -> new int[] {content.readInt(), content.readInt()});
        return counts == null
                ? new RoomState(conversationId, number, online, users, online, 0)
                : new RoomState(conversationId, number, online, users, counts[0], counts[1]);
    }

    private static RoomUser readRoomUser(FrameReader in) {
        String userId = in.readText();
        int flags = in.readByte();
        return new RoomUser(userId, (flags & JOINED) != 0, (flags & VIEWING) != 0);
    }

    static void write(FrameWriter out, UnreadNotice notice) {
        out.writeText(notice.conversationId());
        out.writeLong(notice.latestSeq());
        out.writeLong(notice.readSeq());
        MessagePreview lastMessage = notice.lastMessage();
        if (lastMessage != null) {
            out.endWith(LAST_MESSAGE, () -> MessageFields.write(out, lastMessage));
        }
    }

    static UnreadNotice readUnreadNotice(FrameReader in, String userId) {
        return new UnreadNotice(
                userId,
                in.readText(),
                in.readCount(),
                in.readCount(),
                in.readLater(LAST_MESSAGE, MessageFields::readPreview));
    }

    static void write(FrameWriter out, UserSessions event) {
        out.writeBoolean(event.asks());
        out.writeList(event.sessions(), ActivityFields::write);
    }

    private static void write(FrameWriter out, RankedSession session) {
        out.writeText(session.id());
        out.writeLong(session.rank());
    }

    static UserSessions readUserSessions(FrameReader in, String userId) {
        boolean asks = in.readBoolean();
        return new UserSessions(
                userId, asks, in.readList(session -> new RankedSession(session.readText(), session.readLong())));
    }

    static void write(FrameWriter out, List<Item> items) {
        out.writeList(items, ActivityFields::write);
    }

    private static void write(FrameWriter out, Item item) {
        out.writeText(item.id());
        out.writeLong(item.since().toMillis());
    }

    static List<Item> readItems(FrameReader in) {
        return in.readList(item -> new Item(item.readText(), Duration.ofMillis(item.readCount())));
    }

    static void write(FrameWriter out, UserChange change) {
        out.writeText(change.userId());
        out.writeText(change.name());
        out.writeText(change.avatarUrl());
        out.writeText(change.metadata());
        out.writeTexts(change.conversationIds());
        out.writeBoolean(change.isKnown());
        out.writeBoolean(change.spreads());
    }

    static UserChange readUserChange(FrameReader in) {
        return new UserChange(
                in.readText(),
                in.readOptionalText(),
                in.readOptionalText(),
                in.readOptionalText(),
                in.readTexts(),
                in.readBoolean(),
                in.readBoolean());
    }

    static void write(FrameWriter out, ConversationNotice notice) {
        out.writeText(notice.conversationId());
        out.writeByte(CAUSES.codeOf(notice.cause()));
        out.writeText(notice.subjectId());
        out.writeText(notice.actorId());
    }

    static ConversationNotice readConversationNotice(FrameReader in, String userId) {
        return new ConversationNotice(
                userId, in.readText(), in.readEnum(CAUSES), in.readOptionalText(), in.readOptionalText());
    }
}
