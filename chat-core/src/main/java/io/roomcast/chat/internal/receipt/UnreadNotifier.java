package io.roomcast.chat.internal.receipt;

import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.internal.execution.ConflatingThrottle;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.execution.LatestOnly;
import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.MemberCache;
import io.roomcast.chat.internal.room.OtherNodes;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends unread counts to connected members after new messages, and the newest message again after it was changed.
 *
 * <p>Each conversation sends them at most once a second, and one with more than {@value #MANY_MEMBERS} members to other
 * nodes once in five seconds, as each member costs a frame. The members' read positions are read from the store at most
 * every 30 seconds. A conversation without members costs one map look-up. Safe for use by any thread.
 */
public final class UnreadNotifier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UnreadNotifier.class);

    /** The number of members up to which other nodes are notified each second. */
    static final int MANY_MEMBERS = 500;

    private static final int MAX_LISTED = 200_000;
    private static final Duration LONG_PAUSE = Duration.ofSeconds(5);

    /**
     * The newest message of a conversation.
     *
     * @param senderSessionId the session that sent it, whose client has it; else null
     */
    private record Head(Message message, @Nullable String senderSessionId) {
        private static Head newer(Head one, Head other) {
            boolean isLater = other.seq() == one.seq() && other.message.version() > one.message.version();
            return other.seq() > one.seq() || isLater ? other : one;
        }

        private String conversationId() {
            return message.conversationId();
        }

        private long seq() {
            return message.seq();
        }

        /** Returns whether a user who has read the message receives it: the user sent it, or it was changed since. */
        private boolean concernsReader(String userId) {
            return message.version() > 0 || message.senderId().equals(userId);
        }
    }

    /**
     * The highest sequence number that a user has read, and the highest one there is. Both only increase.
     *
     * @param lastMessage the newest message if it is new or was changed, else null: its text may have changed since
     * @param readerId the session that read or sent the messages, whose client has the numbers; else null
     */
    private record Unread(
            long readSeq,
            long latestSeq,
            @Nullable MessagePreview lastMessage,
            @Nullable String readerId) {
        private static Unread later(Unread one, Unread other) {
            boolean isNewest = other.latestSeq >= one.latestSeq;
            if (!isNewest && other.readSeq <= one.readSeq) {
                return one;
            }
            return new Unread(
                    Math.max(one.readSeq, other.readSeq),
                    Math.max(one.latestSeq, other.latestSeq),
                    isNewest ? other.lastMessage : null,
                    isNewest && other.readSeq >= one.readSeq ? other.readerId : null);
        }

        /** As {@link #later}, in place of both. */
        private static Unread conflated(Unread one, Unread other) {
            Unread later = later(one, other);
            boolean isNew = later.lastMessage == null && later.latestSeq == one.latestSeq;
            return isNew ? new Unread(later.readSeq, later.latestSeq, one.lastMessage, null) : later;
        }
    }

    /** What other nodes receive once the user's receipt is stored. */
    private final Map<ReceiptKey, Unread> unsent = new ConcurrentHashMap<>();

    /** What users were answered lately, which may be newer than what this node has received. */
    private final TtlCache<ReceiptKey, Unread> listed;

    private final MessageStore store;
    private final MemberCache memberCache;
    private final OtherNodes others;
    private final ReceiptTracker receipts;
    private final RoomRegistry rooms;
    private final Publisher publisher;
    private final ConversationLanes lanes;
    private final ConflatingThrottle<String, Head> throttle;

    /** Delays what other nodes receive of conversations with many members. */
    private final ConflatingThrottle<String, Head> remoteThrottle;

    private final LatestOnly<ReceiptKey, Unread> latest;
    private final UnreadCounts counts;

    UnreadNotifier(MessageStore store, Rooms rooms, ReceiptTracker receipts, Execution execution, Clock clock) {
        this.store = store;
        this.memberCache = rooms.memberCache();
        this.others = rooms.others();
        this.receipts = receipts;
        this.rooms = rooms.registry();
        this.publisher = rooms.publisher();
        this.lanes = execution.lanes();
        this.throttle = new ConflatingThrottle<>(Head::newer, this::notifyMembers, lanes, execution.scheduler());
        this.remoteThrottle =
                new ConflatingThrottle<>(LONG_PAUSE, Head::newer, this::notifyOtherNodes, lanes, execution.scheduler());
        this.listed = new TtlCache<>(clock, Duration.ofMinutes(1), MAX_LISTED, known -> 1);
        this.latest = new LatestOnly<>(clock, Unread::later, this::sendNow);
        this.counts = new UnreadCounts(store, receipts.settings(), lanes, clock, this::sendLatest);
        rooms.cluster().onUnread(this::receive);
    }

    /**
     * Sends the conversation's members their unread counts, now or within a second. Never blocks. An overloaded server
     * sends none, as clients count received messages themselves.
     *
     * @param senderSessionId the session that sent the message, whose client has it; else null
     */
    public void messageSent(Message message, @Nullable String senderSessionId) {
        if (!message.body().mentions().isEmpty()) {
            mentionsStored(message.conversationId(), message.body().mentions());
        }
        Head head = new Head(message, senderSessionId);
        if (throttle.tryEmit(head.conversationId(), head)) {
            execute(head.conversationId(), () -> notifyMembers(head));
        }
    }

    /**
     * Sends the conversation's members outside the room a message again that was edited or deleted, if it is the newest
     * one. Never blocks.
     */
    public void messageChanged(Message message) {
        String conversationId = message.conversationId();
        execute(conversationId, () -> {
            boolean isShown = !memberCache.readSeqs(conversationId).isEmpty()
                    && store.position(conversationId).seq() == message.seq();
            Head head = new Head(message, null);
            if (isShown && throttle.tryEmit(conversationId, head)) {
                notifyMembers(head);
            }
        });
    }

    private void notifyMembers(Head head) {
        try {
            Map<String, Long> members = memberCache.readSeqs(head.conversationId());
            boolean toOthers = others.mayExist()
                    && (members.size() <= MANY_MEMBERS || remoteThrottle.tryEmit(head.conversationId(), head));
            MessagePreview preview = MessagePreview.of(head.message());
            members.forEach((userId, readBefore) -> notifyMember(head, preview, userId, readBefore, toOthers));
        } catch (Throwable unavailable) {
            logDropped(head, unavailable);
        }
    }

    private static void logDropped(Head head, Throwable cause) {
        log.debug("dropped unread counts of {}", head.conversationId(), cause);
    }

    private void notifyMember(Head head, MessagePreview preview, String userId, long readBefore, boolean toOthers) {
        if (!toOthers && rooms.sessionsOf(userId).isEmpty()) {
            return;
        }
        ReceiptKey key = new ReceiptKey(Kind.READ, head.conversationId(), userId);
        long readSeq = Math.max(readBefore, receipts.highestKnownSeq(key));
        boolean isRead = readSeq >= head.seq();
        boolean hasRecipients =
                toOthers || !recipients(head.conversationId(), userId, isRead).isEmpty();
        if (hasRecipients && (!isRead || head.concernsReader(userId))) {
            emit(key, new Unread(readSeq, head.seq(), preview, isRead ? head.senderSessionId() : null), toOthers);
        }
    }

    private void notifyOtherNodes(Head head) {
        try {
            MessagePreview preview = MessagePreview.of(head.message());
            memberCache.readSeqs(head.conversationId()).forEach((userId, readBefore) -> {
                ReceiptKey key = new ReceiptKey(Kind.READ, head.conversationId(), userId);
                long readSeq = Math.max(readBefore, receipts.highestKnownSeq(key));
                if (head.seq() > readSeq || head.concernsReader(userId)) {
                    others.sendUnread(userId, head.conversationId(), head.seq(), readSeq, preview);
                }
            });
        } catch (Throwable unavailable) {
            logDropped(head, unavailable);
        }
    }

    private void emit(ReceiptKey key, Unread now, boolean toOthers) {
        if (!rooms.sessionsOf(key.userId()).isEmpty()) {
            emitHere(key, now);
        }
        if (toOthers) {
            // A device that connects to another node meanwhile either reads the receipt, or receives this.
            unsent.merge(key, now, Unread::conflated);
            receipts.afterWrite(key, () -> sendToOthers(key));
        }
    }

    private void sendToOthers(ReceiptKey key) {
        Unread newest = unsent.remove(key);
        if (newest != null) {
            others.sendUnread(
                    key.userId(), key.conversationId(), newest.latestSeq(), newest.readSeq(), newest.lastMessage());
        }
    }

    private void receive(
            String userId, String conversationId, long latestSeq, long readSeq, @Nullable MessagePreview lastMessage) {
        emitHere(new ReceiptKey(Kind.READ, conversationId, userId), new Unread(readSeq, latestSeq, lastMessage, null));
    }

    private void emitHere(ReceiptKey key, Unread now) {
        Unread known = listed.getIfPresent(key);
        latest.emit(key, known == null ? now : Unread.later(known, now));
    }

    /**
     * Sends a user the unread count after one of the user's sessions has read messages; never blocks. In a large room this
     * session receives none, as its acknowledgement has the count.
     */
    public void read(ReceiptKey key, long readSeq, long latestSeq, Session reader) {
        emit(key, new Unread(readSeq, latestSeq, null, reader.id()), others.mayExist());
    }

    /**
     * Records what a user was answered. This node may know less of the conversations than the store, because messages were
     * sent and read on other nodes, and must not send the user an older count afterwards. Never blocks.
     */
    public void listed(String userId, List<GetConversations.Entry> entries) {
        if (others.mayExist()) {
            entries.forEach(entry -> listed.merge(
                    new ReceiptKey(Kind.READ, entry.conversation().conversationId(), userId),
                    new Unread(entry.readSeq(), entry.conversation().position().seq(), null, null),
                    Unread::later));
        }
    }

    /** Lets the next counts of the mentioned users include a new message. */
    private void mentionsStored(String conversationId, List<String> mentioned) {
        if (mentioned.contains(MessageBody.MENTION_ALL)) {
            counts.forgetAll(key -> key.conversationId().equals(conversationId));
        } else {
            mentioned.forEach(userId -> counts.forget(new ReceiptKey(Kind.READ, conversationId, userId)));
        }
        if (others.mayExist()) {
            execute(
                    conversationId,
                    () -> usersOf(conversationId, mentioned)
                            .forEach(userId -> others.sendMentions(userId, conversationId)));
        }
    }

    /** Returns the members among those who are mentioned. A message may mention others, who must not learn of it. */
    private Set<String> usersOf(String conversationId, List<String> mentioned) {
        Set<String> members = memberCache.readSeqs(conversationId).keySet();
        return mentioned.contains(MessageBody.MENTION_ALL)
                ? members
                : mentioned.stream().filter(members::contains).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Counts again after a message was deleted, for sessions on all nodes. Never blocks.
     *
     * @param mentioned what the message mentioned
     */
    public void mentionsDeleted(String conversationId, List<String> mentioned) {
        execute(conversationId, () -> {
            Set<String> userIds = usersOf(conversationId, mentioned);
            recountMentions(conversationId, userIds);
            userIds.forEach(userId -> others.sendMentions(userId, conversationId));
        });
    }

    /** Counts again, for the users' sessions on this node. Blocks for the store. */
    public void recountMentions(String conversationId, Set<String> userIds) {
        userIds.forEach(userId -> counts.forget(new ReceiptKey(Kind.READ, conversationId, userId)));
        recount(conversationId, userIds);
    }

    /** Sends a user on this node the count again, because the user has marked messages as unread. Never blocks. */
    void recount(String userId, String conversationId) {
        execute(conversationId, () -> recount(conversationId, Set.of(userId)));
    }

    private void execute(String conversationId, Runnable task) {
        try {
            lanes.execute(() -> {
                try {
                    task.run();
                } catch (Throwable unavailable) {
                    log.debug("dropped unread counts of {}", conversationId, unavailable);
                }
            });
        } catch (Throwable busy) {
            log.debug("dropped unread counts of {}", conversationId, busy);
        }
    }

    private void recount(String conversationId, Set<String> userIds) {
        List<ReceiptKey> keys = userIds.stream()
                .filter(userId -> !rooms.sessionsOf(userId).isEmpty())
                .map(userId -> new ReceiptKey(Kind.READ, conversationId, userId))
                .toList();
        if (keys.isEmpty()) {
            return;
        }
        long latestSeq = store.position(conversationId).seq();
        Map<String, Long> members = keys.size() == 1 ? Map.of() : memberCache.readSeqs(conversationId);
        for (ReceiptKey key : keys) {
            Long readBefore = members.get(key.userId());
            long readSeq = readBefore == null
                    ? Math.max(0, receipts.readSeq(conversationId, key.userId()))
                    : Math.max(readBefore, receipts.highestKnownSeq(key));
            latest.emitAgain(key, new Unread(readSeq, latestSeq, null, null));
        }
    }

    /** Sends the counts now if they are cached, and otherwise once they are read. */
    private void sendNow(ReceiptKey key, Unread now) {
        UnreadChanged event = counts.ifKnown(key, now.readSeq(), now.latestSeq(), now.lastMessage());
        if (event == null) {
            counts.read(key, now.readSeq());
            return;
        }
        List<Session> recipients = recipients(key, event, now.readerId());
        if (!recipients.isEmpty()) {
            publisher.send(event, new Audience.Sessions(recipients));
        }
    }

    private void sendLatest(ReceiptKey key) {
        latest.withPrevious(key, newest -> sendNow(key, newest));
    }

    /** Returns the sessions to notify. A session that knows the message, or in a large room the count, is not among them. */
    private List<Session> recipients(ReceiptKey key, UnreadChanged event, @Nullable String readerId) {
        boolean isShownOnly = event.lastMessage() != null && event.readSeq() >= event.latestSeq();
        List<Session> sessions = isShownOnly || event.unread() > 0
                ? recipients(key.conversationId(), key.userId(), isShownOnly)
                : rooms.sessionsOf(key.userId());
        return isShownOnly || (event.unread() == 0 && rooms.isLarge(key.conversationId()))
                ? sessions.stream()
                        .filter(session -> !session.id().equals(readerId))
                        .toList()
                : sessions;
    }

    /**
     * Returns the user's sessions. Leaves out those in the room if the user has read the message, because they know it, and
     * in a large room, because their clients count themselves.
     */
    private List<Session> recipients(String conversationId, String userId, boolean isRead) {
        List<Session> sessions = rooms.sessionsOf(userId);
        return isRead || rooms.isLarge(conversationId)
                ? sessions.stream()
                        .filter(session -> !rooms.isIn(conversationId, session))
                        .toList()
                : sessions;
    }

    /** Forgets the user's last unread count, so that it may decrease, as after leaving and joining again. */
    void forget(ReceiptKey key) {
        unsent.remove(key);
        listed.invalidate(key);
        latest.forget(key);
        counts.forget(key);
    }

    /** Forgets the last unread counts with a matching key. */
    void forgetAll(Predicate<ReceiptKey> keys) {
        unsent.keySet().removeIf(keys);
        listed.invalidateIf(keys);
        latest.forgetAll(keys);
        counts.forgetAll(keys);
    }

    @Override
    public void close() {
        throttle.close();
        remoteThrottle.close();
        listed.clear();
        latest.close();
        counts.close();
    }

    int size() {
        return throttle.size() + remoteThrottle.size() + unsent.size();
    }
}
