package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.mongo.Heads.Head;
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
    List<StoredMessage> guess(List<MessageDraft> drafts) {
        Map<String, Head> reached = headsOf(drafts);
        List<StoredMessage> placed = new ArrayList<>(drafts.size());
        for (MessageDraft draft : drafts) {
            Head next = reached.compute(draft.conversationId(), (id, head) -> after(head));
            placed.add(next.place(draft));
        }
        return placed;
    }

    private static Head after(Head head) {
        return head.raisedTo(head.seq() + 1);
    }

    private Map<String, Head> headsOf(List<MessageDraft> drafts) {
        Map<String, Head> known = new HashMap<>();
        Map<String, Instant> unheard = new LinkedHashMap<>();
        for (MessageDraft draft : drafts) {
            String conversationId = draft.conversationId();
            heads.of(conversationId)
                    .ifPresentOrElse(
                            head -> known.put(conversationId, head),
                            () -> unheard.putIfAbsent(conversationId, draft.createdAt()));
        }
        if (!unheard.isEmpty()) {
            known.putAll(learn(unheard));
        }
        return known;
    }

    /**
     * What the conversations' own documents say, which may lag behind the messages: then the index refuses the guess.
     *
     * <p>A conversation is made before its first message, so that no crash can leave messages without one.
     */
    private Map<String, Head> learn(Map<String, Instant> unheard) {
        Map<String, Head> found = conversations.heads(unheard.keySet());
        Map<String, Instant> absent = new LinkedHashMap<>(unheard);
        absent.keySet().removeAll(found.keySet());
        if (!conversations.open(absent)) {
            found.putAll(conversations.heads(absent.keySet()));
        }
        absent.keySet().forEach(conversationId -> found.putIfAbsent(conversationId, Head.NONE));
        found.forEach(heads::learn);
        return found;
    }

    /** The newest place that this node has heard of; 0 if none. */
    long heardOf(String conversationId) {
        return heads.of(conversationId).map(Head::seq).orElse(0L);
    }

    /** Tells that a majority holds the message. */
    void raise(Message message) {
        heads.raise(message.conversationId(), message.seq());
    }

    /** Tells that a guess in the conversation was wrong, so that the messages themselves are to be asked. */
    void correct(String conversationId) {
        heads.raise(conversationId, log.newestSeq(conversationId));
    }
}
