package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of a client or of the host. The permitted records are all the requests that a client can send. Immutable.
 *
 * @param <R> the result of a success
 */
public sealed interface Command<R>
        permits ActivityCommand,
                AddMembers,
                AddReaction,
                DeleteMessage,
                EditMessage,
                JoinRoom,
                LeaveRoom,
                MarkRead,
                ReadCommand,
                RemoveMember,
                RemoveReaction,
                SendMessage,
                UpdateConversation,
                UserCommand {
    /**
     * Returns the conversation that the command concerns. Empty if it concerns none or several, or the client named
     * none.
     */
    String conversationId();

    /** Returns the action that the access policy must permit. Empty if the policy is not asked. */
    Optional<Action> action();

    /**
     * Calls the visitor's method for this type of command, and returns its value.
     *
     * @param <T> the type of the value
     */
    <T> T accept(Visitor<T> visitor);

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

    /**
     * Returns a value for each command, with one method for each type. An implementation does not compile if it misses a
     * type.
     *
     * @param <T> the type of the value
     */
    interface Visitor<T> {
        /** Visits a request to add members. */
        T visit(AddMembers command);

        /** Visits a request to add a reaction. */
        T visit(AddReaction command);

        /** Visits a request to create a conversation. */
        T visit(CreateConversation command);

        /** Visits a request to delete a message. */
        T visit(DeleteMessage command);

        /** Visits a request to edit a message. */
        T visit(EditMessage command);

        /** Visits a request for one conversation. */
        T visit(GetConversation command);

        /** Visits a request for a page of conversations. */
        T visit(GetConversations command);

        /** Visits a request for a page of messages. */
        T visit(GetMessages command);

        /** Visits a request for the presence of users. */
        T visit(GetPresence command);

        /** Visits a request for receipts. */
        T visit(GetReceipts command);

        /** Visits a request to join a room. */
        T visit(JoinRoom command);

        /** Visits a request to join several rooms. */
        T visit(JoinRooms command);

        /** Visits a request to leave a room. */
        T visit(LeaveRoom command);

        /** Visits delivery receipts. */
        T visit(MarkDelivered command);

        /** Visits a read receipt. */
        T visit(MarkRead command);

        /** Visits a new token. */
        T visit(RefreshToken command);

        /** Visits a request to remove a member. */
        T visit(RemoveMember command);

        /** Visits a request to remove a reaction. */
        T visit(RemoveReaction command);

        /** Visits a message. */
        T visit(SendMessage command);

        /** Visits a change of the user's own presence. */
        T visit(SetPresence command);

        /** Visits the start of typing. */
        T visit(StartTyping command);

        /** Visits the start of viewing. */
        T visit(StartViewing command);

        /** Visits the end of typing. */
        T visit(StopTyping command);

        /** Visits the end of viewing. */
        T visit(StopViewing command);

        /** Visits a subscription to presence. */
        T visit(SubscribePresence command);

        /** Visits a request for missed messages. */
        T visit(SyncRoom command);

        /** Visits the end of a subscription to presence. */
        T visit(UnsubscribePresence command);

        /** Visits a request to change a conversation. */
        T visit(UpdateConversation command);
    }
}
