package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import java.util.Optional;

/**
 * Reports that the user has read the messages up to a sequence number.
 *
 * @param conversationId the conversation
 * @param upToSeq the highest sequence number; a number above the newest message counts as that of the newest
 */
public record MarkRead(String conversationId, long upToSeq) implements Command<MarkRead.Read> {
    /** Rejects a missing conversation. */
    public MarkRead {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.MARK);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.RECEIPTS);
    }

    /**
     * The receipt is recorded. A lower sequence number than the recorded one has no effect.
     *
     * @param upToSeq the highest sequence number that the user has read
     * @param unread the number of unread messages
     */
    public record Read(long upToSeq, long unread) {}
}
