package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A request of a client or of the host. The permitted records are all requests that exist.
 *
 * <p>Immutable, as are all of its records.
 *
 * @param <R> the reply of a successful command
 */
public sealed interface Command<R>
        permits AddMembers,
                AddReaction,
                DeleteMessage,
                EditMessage,
                GetMessages,
                GetReceipts,
                JoinRoom,
                LeaveRoom,
                MarkRead,
                RemoveMember,
                RemoveReaction,
                SendMessage,
                StartTyping,
                StartViewing,
                StopTyping,
                StopViewing,
                SyncRoom,
                UpdateConversation,
                UserCommand {
    /** Returns the conversation that the command concerns; empty if it concerns none, or if the client named none. */
    String conversationId();

    /** Returns the permission that the caller needs; empty if the command needs none. */
    Optional<Action> action();

    /**
     * Calls the handler's method for this type of command.
     *
     * @param <C> the data about the caller that the handler receives
     */
    <C> CompletionStage<R> accept(CommandHandler<C> handler, C context);

    /**
     * Calls the visitor's method for this type of command, and returns its value.
     *
     * @param <T> the type of the value
     */
    <T> T accept(CommandVisitor<T> visitor);

    /** Returns the author that the payload names; empty for a command without an author. */
    default Optional<Claim> claim() {
        return Optional.empty();
    }

    /**
     * Returns the weight that a {@link io.roomcast.chat.spi.RateLimiter} may count: the number of users that the
     * command makes members, or of conversations that it concerns. It is 1 for all other commands.
     */
    default int weight() {
        return 1;
    }

    /**
     * An author that the payload names. It is used only for anonymous sessions.
     *
     * @param field the name of the field on the wire
     * @param userId the user that the field names, or null
     */
    record Claim(String field, @Nullable String userId) {
        /** Checks that nothing required is null. */
        public Claim {
            requireNonNull(field, "field");
        }
    }

    /**
     * Receives the result of a command: exactly one call of one of its methods, on any thread. Must not block.
     *
     * @param <R> the reply of a successful command
     */
    interface Reply<R> {
        /** Receives the reply of a successful command. Its events are broadcast after this call. */
        void succeeded(R result);

        /** Receives the reason why the command was refused. */
        void failed(ChatException refusal);
    }
}
