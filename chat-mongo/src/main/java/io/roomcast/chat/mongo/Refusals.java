package io.roomcast.chat.mongo;

import io.roomcast.chat.model.MessageDraft;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What was refused within one append, to tell a stale guess from a conversation that others write to. For one thread. */
final class Refusals {
    private final Set<String> drafts = new HashSet<>();
    private final Set<String> met = new HashSet<>();
    private final Set<String> contended = new HashSet<>();
    private int meetings;

    /** Notes the refusal of a draft; false if it was refused before. */
    boolean isFirstOf(MessageDraft draft) {
        return drafts.add(draft.id());
    }

    /** Notes wrong guesses, and returns the conversations in which it was not the first. */
    Set<String> met(Set<String> conversationIds) {
        meetings++;
        Set<String> again = conversationIds.stream().filter(id -> !met.add(id)).collect(Collectors.toSet());
        contended.addAll(again);
        return again;
    }

    boolean isFirstMeeting() {
        return meetings == 1;
    }

    /** The same drafts, those of contended conversations last, otherwise in their order. */
    List<MessageDraft> contendedLast(List<MessageDraft> drafts) {
        return contended.isEmpty()
                ? drafts
                : drafts.stream()
                        .sorted(Comparator.comparing(draft -> contended.contains(draft.conversationId())))
                        .toList();
    }
}
