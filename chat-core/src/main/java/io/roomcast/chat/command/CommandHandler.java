package io.roomcast.chat.command;

/**
 * Carries out commands: one method for each kind.
 *
 * @param <C> what the handler is told of the caller
 */
public interface CommandHandler<C> {
    /** Answers a page of messages. */
    GetMessages.Page handle(GetMessages command, C call);

    /** Puts the session into a room. */
    JoinRoom.Joined handle(JoinRoom command, C call);

    /** Puts the session out of a room. */
    LeaveRoom.Left handle(LeaveRoom command, C call);

    /** Stores a message. */
    SendMessage.Sent handle(SendMessage command, C call);

    /** Notes that a user is typing. */
    StartTyping.Started handle(StartTyping command, C call);

    /** Notes that a user stopped typing. */
    StopTyping.Stopped handle(StopTyping command, C call);
}
