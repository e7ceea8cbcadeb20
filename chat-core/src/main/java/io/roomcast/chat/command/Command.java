package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Permission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of a client or of the host. The permitted records are all the requests that a client can send. Immutable.
 *
 * @param <R> the result of a success
 */
public sealed interface Command<R>
        permits ActivityCommand,
                AddReaction,
                CallCommand,
                ChangeCommand,
                JoinRoom,
                LeaveRoom,
                ManageCommand,
                MarkRead,
                ReadCommand,
                RemoveReaction,
                SendEvent,
                SendMessage,
                SetPreferences,
                StartCall,
                StartUpload,
                UserCommand {
    /**
     * Returns the conversation that the command concerns. Empty if it concerns none or several, or the client named
     * none.
     */
    String conversationId();

    /** Returns what orders the command: commands with the same lane run one after the other. The conversation's id. */
    default String lane() {
        return conversationId();
    }

    /** Returns the action that the access policy must permit. Empty if the policy is not asked. */
    Optional<Action> action();

    /**
     * Returns the permission that the author's role must have. Empty if it needs none, or if that depends on the message
     * or the member that the command concerns.
     */
    default Optional<Permission> permission() {
        return Optional.empty();
    }

    /** Returns the rate that limits how often a caller executes the command. Empty if none does. */
    Optional<RateKind> rate();

    /** Returns the author that the payload names. Empty if the command has no author. */
    default Optional<Claim> claim() {
        return Optional.empty();
    }

    /**
     * Returns the cost of the command for others, which a {@link io.roomcast.chat.spi.RateLimiter} may count: the
     * number of users to be added, or the number of conversations. 1 for all other commands.
     */
    default int weight() {
        return 1;
    }

    /** Returns the rate that limits the sum of {@linkplain #weight weights}. Empty if none does. */
    default Optional<RateKind> weightRate() {
        return Optional.empty();
    }

    /**
     * The author that a payload names. It is used only if the session is anonymous.
     *
     * @param field the name of the field on the wire
     * @param userId the id that the field holds, or null
     */
    record Claim(String field, @Nullable String userId) {
        /** Rejects a missing field name. */
        public Claim {
            requireNonNull(field, "field");
        }
    }

    /**
     * Receives the outcome of a command. Exactly one method is called, once, on any thread. It must not block.
     *
     * @param <R> the result of a success
     */
    interface Reply<R> {
        /** The command succeeded. Its events are sent after this call. */
        void succeeded(R result);

        /** The command failed. */
        void failed(ChatException refusal);
    }
}
