package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which place a message would take if no other node wrote. Safe for use by several threads. */
final class Places {
    private static final int REMEMBERED_HEADS = 65_536;

    private final Heads heads = new Heads(REMEMBERED_HEADS);
    private final MessageLog log;
    private final Conversations conversations;

    Places(MessageLog log, Conversations conversations) {
        this.log = log;
        this.conversations = conversations;
    }

    /** Gives each draft the place after the one before it; asks the database only about conversations not heard of. */
    List<Message> guess(List<MessageDraft> drafts) {
        Map<String, Long> reached = headsOf(drafts);
        List<Message> placed = new ArrayList<>(drafts.size());
        for (MessageDraft draft : drafts) {
            placed.add(draft.at(reached.merge(draft.conversationId(), 1L, Long::sum)));
        }
        return placed;
    }

    private Map<String, Long> headsOf(List<MessageDraft> drafts) {
        Map<String, Long> known = new HashMap<>();
        Map<String, Instant> empty = new LinkedHashMap<>();
        for (MessageDraft draft : drafts) {
            long head = known.computeIfAbsent(draft.conversationId(), this::head);
            if (head == 0) {
                empty.putIfAbsent(draft.conversationId(), draft.createdAt());
            }
        }
        // Before its first message, so that no crash can leave messages of a conversation that is not there.
        conversations.open(empty);
        return known;
    }

    private long head(String conversationId) {
        return heads.of(conversationId).orElseGet(() -> readHead(conversationId));
    }

    private long readHead(String conversationId) {
        long newest = log.newestSeq(conversationId);
        heads.raise(conversationId, newest);
        return newest;
    }

    /** Tells that a majority holds the message. */
    void raise(Message message) {
        heads.raise(message.conversationId(), message.seq());
    }

    /** Tells that a guess in the draft's conversation was wrong, or may have been. */
    void forget(MessageDraft draft) {
        heads.forget(draft.conversationId());
    }
}
