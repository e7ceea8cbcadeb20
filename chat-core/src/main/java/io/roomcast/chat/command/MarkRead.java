package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tell that the user has seen the messages up to a place.
 *
 * @param conversationId the conversation
 * @param upToSeq the place; beyond the newest message it means that one
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
    public <C> CompletionStage<Read> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * It is noted; nobody goes back.
     *
     * @param upToSeq how far the user has come
     * @param unread how many messages are left
     */
    public record Read(long upToSeq, long unread) {}
}
