package io.roomcast.chat.internal.cluster;

import static io.roomcast.chat.internal.cluster.Channel.Type.ALL;
import static io.roomcast.chat.internal.cluster.Channel.Type.CONVERSATION;
import static io.roomcast.chat.internal.cluster.Channel.Type.NODE;
import static io.roomcast.chat.internal.cluster.Channel.Type.USER;

import io.roomcast.chat.internal.cluster.ClusterEvent.CallChange;
import io.roomcast.chat.internal.cluster.ClusterEvent.CallSignal;
import io.roomcast.chat.internal.cluster.ClusterEvent.Change;
import io.roomcast.chat.internal.cluster.ClusterEvent.Ephemeral;
import io.roomcast.chat.internal.cluster.ClusterEvent.Head;
import io.roomcast.chat.internal.cluster.ClusterEvent.MessageStored;
import io.roomcast.chat.internal.cluster.ClusterEvent.PresenceUpdate;
import io.roomcast.chat.internal.cluster.ClusterEvent.Receipt;
import io.roomcast.chat.internal.cluster.ClusterEvent.UploadEnded;
import io.roomcast.chat.internal.cluster.ClusterEvent.UploadProgressed;
import io.roomcast.chat.internal.cluster.ClusterEvent.UserEvent;
import io.roomcast.chat.internal.cluster.ControlEvent.Answer;
import io.roomcast.chat.internal.cluster.ControlEvent.Heartbeat;
import io.roomcast.chat.internal.cluster.ControlEvent.Invalidate;
import io.roomcast.chat.internal.cluster.ControlEvent.NodeLeaving;
import io.roomcast.chat.internal.cluster.ControlEvent.Release;
import io.roomcast.chat.internal.cluster.ControlEvent.Request;
import io.roomcast.chat.internal.cluster.ControlEvent.Response;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of frames: their codes, which never change, how they are read, and the channels in which they are valid. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state, and the sets are not changed.
enum FrameKind {
    MESSAGE_STORED(1, (in, id) -> new MessageStored(MessageFields.read(in, id)), CONVERSATION),
    CHANGE(2, (in, id) -> new Change(MessageFields.readChange(in, id)), CONVERSATION),
    HEAD(3, (in, id) -> new Head(id, new Position(in.readCount(), in.readCount())), CONVERSATION),
    EPHEMERAL(
            4,
            (in, id) -> new Ephemeral(id, in.readText(), in.readBoolean(), Duration.ofMillis(in.readCount())),
            CONVERSATION),
    ROOM_EVENT(30, ActivityFields::readRoomEvent, CONVERSATION),
    USER_EVENT(31, (in, id) -> new UserEvent(id, in.readText(), in.readOptionalText(), in.readInstant()), USER),
    RECEIPT(5, (in, id) -> new Receipt(ActivityFields.readReceipt(in, id)), CONVERSATION),
    ROOM_STATE(6, ActivityFields::readRoomState, CONVERSATION),
    USER_STATE(7, ActivityFields::readUserState, USER),
    PRESENCE_UPDATE(
            8, (in, id) -> new PresenceUpdate(ActivityFields.readPresence(in), in.readTexts()), USER, CONVERSATION),
    UNREAD_NOTICE(9, ActivityFields::readUnreadNotice, USER),
    HEARTBEAT(10, (in, id) -> new Heartbeat(in.readText(), in.readByte(), in.readBoolean()), ALL),
    NODE_LEAVING(11, (in, id) -> new NodeLeaving(), ALL),
    INVALIDATE(12, (in, id) -> new Invalidate(in.readText(), in.readTexts(), in.readBoolean()), ALL),
    REQUEST(
            13,
            (in, id) -> new Request(
                    in.readLong(), in.readEnum(ActivityFields.ACTIONS), in.readOptionalText(), in.readOptionalText()),
            USER,
            ALL),
    RESPONSE(14, (in, id) -> new Response(in.readLong(), in.readTexts()), NODE),
    ANSWER(20, (in, id) -> new Answer(in.readLong(), ActivityFields.readItems(in)), NODE),
    USER_SESSIONS(21, ActivityFields::readUserSessions, USER),
    RELEASE(22, (in, id) -> new Release(in.readLong(), in.readText(), in.readOptionalText()), ALL),
    USER_CHANGE(23, (in, id) -> ActivityFields.readUserChange(in), CONVERSATION, ALL),
    UPLOAD_PROGRESSED(40, (in, id) -> new UploadProgressed(ActivityFields.readProgress(in, id)), CONVERSATION),
    UPLOAD_ENDED(
            41, (in, id) -> new UploadEnded(ActivityFields.readFinished(in), in.readBoolean()), CONVERSATION, USER),
    CALL_CHANGE(42, (in, id) -> new CallChange(in.readTexts()), ALL),
    CALL_SIGNAL(43, (in, id) -> new CallSignal(id, in.readTexts()), USER),
    CONVERSATION_NOTICE(15, ActivityFields::readConversationNotice, USER);

    /** Reads the fields of a kind. */
    interface Fields {
        /**
         * Returns the event.
         *
         * @param channelId the id that the channel names
         */
        ClusterEvent read(FrameReader in, String channelId);
    }

    private static final int CODES = 256;
    private static final @Nullable FrameKind[] BY_CODE = new FrameKind[CODES];

    static {
        for (FrameKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;
    private final Fields fields;
    private final Set<Channel.Type> channels = EnumSet.noneOf(Channel.Type.class);

    FrameKind(int code, Fields fields, Channel.Type... channels) {
        this.code = code;
        this.fields = fields;
        this.channels.addAll(Set.of(channels));
    }

    /** Returns the kind with the given code, or null if there is none. */
    static @Nullable FrameKind ofCode(int code) {
        return BY_CODE[code];
    }

    int code() {
        return code;
    }

    Fields fields() {
        return fields;
    }

    boolean isValidIn(Channel.Type channel) {
        return channels.contains(channel);
    }
}
