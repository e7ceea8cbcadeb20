package io.roomcast.chat.command;

/**
 * Stop listening to a conversation. Leaving a room that the session is not in succeeds.
 *
 * @param conversationId the conversation
 */
public record LeaveRoom(String conversationId) implements Command<LeaveRoom.Left> {
    /**
     * The session is not in the room.
     *
     * @param conversationId the conversation
     */
    public record Left(String conversationId) {}
}
