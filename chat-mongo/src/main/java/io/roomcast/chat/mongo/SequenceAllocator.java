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

/**
 * Proposes sequence numbers for messages; the unique index accepts or rejects them. Safe for use by several threads.
 */
final class SequenceAllocator {
    private static final int CACHED_HEADS = 65_536;

    /**
     * The outcome of a proposal.
     *
     * @param messages the drafts with their numbers
     * @param deleted the drafts whose conversations were deleted
     * @param unmet the drafts that require another number than the next one
     */
    record Proposal(List<StoredMessage> messages, List<MessageDraft> deleted, List<MessageDraft> unmet) {}

    private final Heads heads;
    private final MessageLog log;
    private final ConversationDocuments conversations;
    private final Clock clock;

    SequenceAllocator(MessageLog log, ConversationDocuments conversations, Clock clock) {
        this.heads = new Heads(CACHED_HEADS, clock);
        this.log = log;
        this.conversations = conversations;
        this.clock = clock;
    }

    /** Returns the current moment; call it before sending the insert that is then {@linkplain #inserted recorded}. */
    Moment now() {
        return heads.now();
    }

    /**
     * Assigns consecutive sequence numbers to the drafts. Reads the database only where no cached head may be used.
     */
    Proposal propose(List<MessageDraft> drafts) {
        Map<String, Head> latest = headsOf(drafts);
        Instant now = clock.instant();
        Proposal proposal = new Proposal(new ArrayList<>(drafts.size()), new ArrayList<>(0), new ArrayList<>(0));
        for (MessageDraft draft : drafts) {
            Head head = latest.get(draft.conversationId());
            if (head == null) {
                proposal.deleted().add(draft);
            } else if (!draft.mayFollow(head.seq())) {
                proposal.unmet().add(draft);
            } else {
                Head next = head.raisedTo(head.seq() + 1);
                latest.put(draft.conversationId(), next);
                proposal.messages().add(next.assignTo(draft, now));
            }
        }
        return proposal;
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
            known.putAll(readHeads(unknown));
        }
        return known;
    }

    /**
     * Reads the heads that the conversations' own documents record, and creates missing conversations. Leaves out those
     * that were deleted.
     *
     * <p>Such a head may be lower than the newest message, and the index then rejects the proposed number. It is never
     * lower than a removed message.
     *
     * @param unknown the conversations, each with its creation time in case it is missing
     */
    private Map<String, Head> readHeads(Map<String, Instant> unknown) {
        Moment asked = heads.now();
        Map<String, Head> found = conversations.heads(unknown.keySet());
        Map<String, Instant> missing = new LinkedHashMap<>(unknown);
        missing.keySet().removeAll(found.keySet());
        if (!conversations.createOpen(missing)) {
            found.putAll(conversations.heads(missing.keySet()));
            missing.keySet().removeAll(conversations.deleted(missing.keySet()));
        }
        missing.keySet().forEach(conversationId -> found.putIfAbsent(conversationId, Head.NONE));
        found.forEach((conversationId, head) -> heads.put(conversationId, head, asked));
        found.replaceAll((conversationId, head) -> head.raisedTo(heads.highestSeen(conversationId)));
        return found;
    }

    /** Removes the head of a deleted conversation. */
    void forget(String conversationId) {
        heads.forget(conversationId);
    }

    /** Returns the highest sequence number that this node has seen; 0 if none. */
    long highestSeen(String conversationId) {
        return heads.highestSeen(conversationId);
    }

    /** Records that a majority holds a message that was inserted after the given moment. */
    void inserted(Message message, Moment sent) {
        heads.inserted(message.conversationId(), message.seq(), sent);
    }

    /** Records that a majority holds a message of unknown age. */
    void found(Message message) {
        heads.found(message.conversationId(), message.seq());
    }

    /** Records that another node reports a message. */
    void noted(String conversationId, long seq) {
        heads.noted(conversationId, seq);
    }

    /** Reads the heads from the messages with one command, for conversations whose cached head is or may be stale. */
    void refresh(Collection<String> conversationIds) {
        Map<String, Long> seen = new HashMap<>();
        conversationIds.forEach(conversationId -> seen.put(conversationId, heads.highestSeen(conversationId)));
        log.newestAbove(seen).forEach(heads::found);
    }
}
