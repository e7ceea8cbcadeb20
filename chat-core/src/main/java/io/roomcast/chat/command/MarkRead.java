package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Records that the user has read the messages up to a sequence number.
 *
 * @param conversationId the conversation
 * @param upToSeq the highest read sequence number; a number above the head counts as the head
 */
public record MarkRead(String conversationId, long upToSeq) implements Command<MarkRead.Read> {
    /** Checks that nothing required is null. */
    public MarkRead {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.MARK);
    }

    @Override
    public <C> CompletionStage<Read> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms the receipt, which never moves back.
     *
     * @param upToSeq the highest sequence number that the user has read
     * @param unread the number of unread messages
     */
    public record Read(long upToSeq, long unread) {}
}
