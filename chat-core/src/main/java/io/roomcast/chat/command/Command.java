package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A request of a client: the permitted records are all that a client may ask.
 *
 * @param <R> what a success answers
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
    /** The conversation it concerns; empty where it concerns none, or the client named none. */
    String conversationId();

    /** What the caller must be permitted to do; empty for what nobody is refused. */
    Optional<Action> action();

    /**
     * Calls the handler's method for this kind of command.
     *
     * @param <C> what the handler is told of the caller
     */
    <C> CompletionStage<R> accept(CommandHandler<C> handler, C call);

    /**
     * Calls the visitor's method for this kind of command, and returns its value.
     *
     * @param <T> the type of the value
     */
    <T> T accept(CommandVisitor<T> visitor);

    /** Who the payload says is its author; empty for a command that is in nobody's name. */
    default Optional<Claim> claim() {
        return Optional.empty();
    }

    /**
     * What it costs others, as a {@link io.roomcast.chat.spi.RateLimiter} may count it: how many users it makes members, or
     * how many conversations it is about; 1 for all other commands.
     */
    default int weight() {
        return 1;
    }

    /**
     * What a payload says of its author; believed only where nobody had to say who they are.
     *
     * @param field the field that says it, by its name on the wire
     * @param userId the user it names, or null
     */
    record Claim(String field, @Nullable String userId) {
        /** Checks that nothing required is null. */
        public Claim {
            requireNonNull(field, "field");
        }
    }

    /**
     * Takes an outcome: exactly one call of one of its methods, by any thread; it must not block.
     *
     * @param <R> what a success answers
     */
    interface Reply<R> {
        /** The command was carried out; whatever it published is broadcast after this call. */
        void succeeded(R result);

        /** The command was refused. */
        void failed(ChatException refusal);
    }
}
