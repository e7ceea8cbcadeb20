package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.mongo.Heads.Head;
import io.roomcast.chat.mongo.Heads.Moment;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which sequence number a message gets if no other node writes. Safe for use by several threads. */
final class Places {
    private static final int REMEMBERED_HEADS = 65_536;

    private final Heads heads;
    private final MessageLog log;
    private final Conversations conversations;
    private final Clock clock;

    Places(MessageLog log, Conversations conversations, Clock clock) {
        this.heads = new Heads(REMEMBERED_HEADS, clock);
        this.log = log;
        this.conversations = conversations;
        this.clock = clock;
    }

    /** The present, to be noted before an {@linkplain #inserted insert} is sent. */
    Moment now() {
        return heads.now();
    }

    /** Gives each draft the number after the one before it; asks the database only where no head may be used. */
    List<StoredMessage> guess(List<MessageDraft> drafts) {
        Map<String, Head> reached = headsOf(drafts);
        Instant now = clock.instant();
        List<StoredMessage> placed = new ArrayList<>(drafts.size());
        for (MessageDraft draft : drafts) {
            Head next = reached.compute(draft.conversationId(), (id, head) -> after(head));
            placed.add(next.place(draft, now));
        }
        return placed;
    }

    private static Head after(Head head) {
        return head.raisedTo(head.seq() + 1);
    }

    private Map<String, Head> headsOf(List<MessageDraft> drafts) {
        Map<String, Head> known = new HashMap<>();
        Map<String, Instant> unknown = new LinkedHashMap<>();
        for (MessageDraft draft : drafts) {
            String conversationId = draft.conversationId();
            heads.of(conversationId)
                    .ifPresentOrElse(
                            head -> known.put(conversationId, head),
                            () -> unknown.putIfAbsent(conversationId, draft.createdAt()));
        }
        if (!unknown.isEmpty()) {
            known.putAll(learn(unknown));
        }
        return known;
    }

    /**
     * What the conversations' own documents say. That may be less than the messages do, and then the index refuses the
     * guess; but it is no less than what was removed of them.
     *
     * <p>A conversation is made before its first message, so that no crash can leave messages without one.
     */
    private Map<String, Head> learn(Map<String, Instant> unknown) {
        Moment asked = heads.now();
        Map<String, Head> found = conversations.heads(unknown.keySet());
        Map<String, Instant> absent = new LinkedHashMap<>(unknown);
        absent.keySet().removeAll(found.keySet());
        if (!conversations.open(absent)) {
            found.putAll(conversations.heads(absent.keySet()));
        }
        absent.keySet().forEach(conversationId -> found.putIfAbsent(conversationId, Head.NONE));
        found.forEach((conversationId, head) -> heads.learn(conversationId, head, asked));
        found.replaceAll((conversationId, head) -> head.raisedTo(heads.seen(conversationId)));
        return found;
    }

    /** The newest sequence number that this node has seen; 0 if none. */
    long seen(String conversationId) {
        return heads.seen(conversationId);
    }

    /** Tells that a majority holds the message, which was inserted after the moment. */
    void inserted(Message message, Moment sent) {
        heads.inserted(message.conversationId(), message.seq(), sent);
    }

    /** Tells that a majority holds the message, which may have been there for long. */
    void found(Message message) {
        heads.found(message.conversationId(), message.seq());
    }

    /** Asks the messages themselves, with one command, where guesses were refused or may be. */
    void correct(Collection<String> conversationIds) {
        Map<String, Long> seen = new HashMap<>();
        conversationIds.forEach(conversationId -> seen.put(conversationId, heads.seen(conversationId)));
        log.newestAbove(seen).forEach(heads::found);
    }
}
