package io.roomcast.chat.command;

import java.util.concurrent.CompletionStage;

/**
 * Carries out commands: one method for each kind, which answers at once or later and may throw instead.
 *
 * @param <C> what the handler is told of the caller
 */
public interface CommandHandler<C> {
    /** Answers a page of messages. */
    CompletionStage<GetMessages.Page> handle(GetMessages command, C call);

    /** Puts the session into a room. */
    CompletionStage<JoinRoom.Joined> handle(JoinRoom command, C call);

    /** Puts the session out of a room. */
    CompletionStage<LeaveRoom.Left> handle(LeaveRoom command, C call);

    /** Stores a message. */
    CompletionStage<SendMessage.Sent> handle(SendMessage command, C call);

    /** Notes that a user is typing. */
    CompletionStage<StartTyping.Started> handle(StartTyping command, C call);

    /** Notes that a user stopped typing. */
    CompletionStage<StopTyping.Stopped> handle(StopTyping command, C call);
}
