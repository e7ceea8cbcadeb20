package io.roomcast.chat.mongo;

import io.roomcast.chat.model.MessageDraft;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tracks rejections within one append, to distinguish a stale head from a conversation that another node writes to now.
 * For one thread.
 */
final class AppendRejections {
    private final Set<String> drafts = new HashSet<>();
    private final Set<String> conflicting = new HashSet<>();
    private final Set<String> contended = new HashSet<>();
    private int conflicts;

    /** Records the rejection of a draft. Returns false if the draft was rejected before. */
    boolean isFirstOf(MessageDraft draft) {
        return drafts.add(draft.id());
    }

    /** Records conversations in which a sequence number was taken. Returns those recorded before, the contended ones. */
    Set<String> recordConflicts(Set<String> conversationIds) {
        conflicts++;
        Set<String> repeated =
                conversationIds.stream().filter(id -> !conflicting.add(id)).collect(Collectors.toSet());
        contended.addAll(repeated);
        return repeated;
    }

    /** Returns whether conflicts were recorded exactly once. */
    boolean isFirstConflict() {
        return conflicts == 1;
    }

    /** Returns the drafts in their order, except that drafts of contended conversations are last. */
    List<MessageDraft> contendedLast(List<MessageDraft> drafts) {
        return contended.isEmpty()
                ? drafts
                : drafts.stream()
                        .sorted(Comparator.comparing(draft -> contended.contains(draft.conversationId())))
                        .toList();
    }
}
