package io.roomcast.chat.command;

/**
 * Computes a value for each kind of command. A new command does not compile until every visitor has a method for it.
 *
 * @param <T> the type of the value
 */
public interface CommandVisitor<T> {
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
