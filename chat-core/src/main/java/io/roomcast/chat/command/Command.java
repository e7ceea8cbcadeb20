package io.roomcast.chat.command;

import io.roomcast.chat.model.ChatException;
import org.jspecify.annotations.Nullable;

/**
 * A request of a client: the permitted records are all that a client may ask.
 *
 * @param <R> what a success answers
 */
public sealed interface Command<R> permits GetMessages, JoinRoom, LeaveRoom, SendMessage, StartTyping, StopTyping {
    /** The conversation it concerns. */
    String conversationId();

    /** The user whom the payload names as its author; null where it names none. */
    default @Nullable String claimedUserId() {
        return null;
    }

    /** Whether it is carried out in its conversation's order of arrival; a mere read need not wait for writers. */
    default boolean ordered() {
        return true;
    }

    /**
     * Takes a command's outcome: exactly one call of one of its methods, by any thread; it must not block.
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
