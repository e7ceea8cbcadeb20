package io.roomcast.chat.mongo;

import io.roomcast.chat.model.MessageDraft;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tracks refusals within one append, to distinguish a stale guess from a contended conversation. For one thread. */
final class AppendRejections {
    private final Set<String> drafts = new HashSet<>();
    private final Set<String> met = new HashSet<>();
    private final Set<String> contended = new HashSet<>();
    private int meetings;

    /** Records the refusal of a draft; returns false if it was refused before. */
    boolean isFirstOf(MessageDraft draft) {
        return drafts.add(draft.id());
    }

    /** Records wrong guesses, and returns the conversations that had one before. */
    Set<String> met(Set<String> conversationIds) {
        meetings++;
        Set<String> again = conversationIds.stream().filter(id -> !met.add(id)).collect(Collectors.toSet());
        contended.addAll(again);
        return again;
    }

    boolean isFirstMeeting() {
        return meetings == 1;
    }

    /** Returns the drafts with those of contended conversations last, otherwise in order. */
    List<MessageDraft> contendedLast(List<MessageDraft> drafts) {
        return contended.isEmpty()
                ? drafts
                : drafts.stream()
                        .sorted(Comparator.comparing(draft -> contended.contains(draft.conversationId())))
                        .toList();
    }
}
