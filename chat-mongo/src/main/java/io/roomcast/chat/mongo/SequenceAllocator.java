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

/** Proposes sequence numbers for messages. Safe for use by several threads. */
final class SequenceAllocator {
    private static final int REMEMBERED_HEADS = 65_536;

    private final Heads heads;
    private final MessageLog log;
    private final ConversationDocuments conversations;
    private final Clock clock;

    SequenceAllocator(MessageLog log, ConversationDocuments conversations, Clock clock) {
        this.heads = new Heads(REMEMBERED_HEADS, clock);
        this.log = log;
        this.conversations = conversations;
        this.clock = clock;
    }

    /** Returns the current moment; take it before sending an {@linkplain #inserted insert}. */
    Moment now() {
        return heads.now();
    }

    /** Assigns consecutive sequence numbers to the drafts. Reads the database only where no cached head may be used. */
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
     * Reads the heads that the conversations' own documents record. Such a head may be lower than the newest message,
     * and the index then refuses the guess. It is never lower than a removed message.
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

    /** Returns the highest sequence number that this node has seen; 0 if none. */
    long seen(String conversationId) {
        return heads.seen(conversationId);
    }

    /** Records that a majority holds a message that was inserted after the given moment. */
    void inserted(Message message, Moment sent) {
        heads.inserted(message.conversationId(), message.seq(), sent);
    }

    /** Records that a majority holds a message of unknown age. */
    void found(Message message) {
        heads.found(message.conversationId(), message.seq());
    }

    /** Reads the heads from the messages with one command, for conversations where a guess was or may be refused. */
    void correct(Collection<String> conversationIds) {
        Map<String, Long> seen = new HashMap<>();
        conversationIds.forEach(conversationId -> seen.put(conversationId, heads.seen(conversationId)));
        log.newestAbove(seen).forEach(heads::found);
    }
}
