package io.roomcast.chat.command;

import java.util.concurrent.CompletionStage;

/**
 * Handles commands, with one method for each type. A method returns its result immediately or later, and may throw
 * instead. An implementation does not compile if it misses a type.
 *
 * @param <C> the type of the context
 */
public interface CommandHandler<C> {
    /** Adds members to a group. */
    CompletionStage<AddMembers.Added> handle(AddMembers command, C context);

    /** Adds a reaction. */
    CompletionStage<AddReaction.Reacted> handle(AddReaction command, C context);

    /** Creates a conversation. */
    CompletionStage<CreateConversation.Created> handle(CreateConversation command, C context);

    /** Deletes a message. */
    CompletionStage<DeleteMessage.Deleted> handle(DeleteMessage command, C context);

    /** Edits a message. */
    CompletionStage<EditMessage.Edited> handle(EditMessage command, C context);

    /** Returns a conversation. */
    CompletionStage<GetConversation.Found> handle(GetConversation command, C context);

    /** Returns a page of the user's conversations. */
    CompletionStage<GetConversations.Listed> handle(GetConversations command, C context);

    /** Returns a page of messages. */
    CompletionStage<GetMessages.Page> handle(GetMessages command, C context);

    /** Returns the presence of users. */
    CompletionStage<GetPresence.Known> handle(GetPresence command, C context);

    /** Returns the receipts of a conversation. */
    CompletionStage<GetReceipts.Receipts> handle(GetReceipts command, C context);

    /** Joins a room. */
    CompletionStage<JoinRoom.Joined> handle(JoinRoom command, C context);

    /** Joins several rooms. */
    CompletionStage<JoinRooms.Joined> handle(JoinRooms command, C context);

    /** Leaves a room. */
    CompletionStage<LeaveRoom.Left> handle(LeaveRoom command, C context);

    /** Records messages as delivered. */
    CompletionStage<MarkDelivered.Delivered> handle(MarkDelivered command, C context);

    /** Records messages as read. */
    CompletionStage<MarkRead.Read> handle(MarkRead command, C context);

    /** Replaces the token of a session. */
    CompletionStage<RefreshToken.Refreshed> handle(RefreshToken command, C context);

    /** Removes a member from a group. */
    CompletionStage<RemoveMember.Removed> handle(RemoveMember command, C context);

    /** Removes a reaction. */
    CompletionStage<RemoveReaction.Removed> handle(RemoveReaction command, C context);

    /** Stores a message. */
    CompletionStage<SendMessage.Sent> handle(SendMessage command, C context);

    /** Records the user as online or away. */
    CompletionStage<SetPresence.Set> handle(SetPresence command, C context);

    /** Records that the user is typing. */
    CompletionStage<StartTyping.Started> handle(StartTyping command, C context);

    /** Records that the user is viewing a room. */
    CompletionStage<StartViewing.Viewing> handle(StartViewing command, C context);

    /** Records that the user stopped typing. */
    CompletionStage<StopTyping.Stopped> handle(StopTyping command, C context);

    /** Records that the user stopped viewing a room. */
    CompletionStage<StopViewing.Stopped> handle(StopViewing command, C context);

    /** Returns the presence of users and subscribes the session to it. */
    CompletionStage<SubscribePresence.Subscribed> handle(SubscribePresence command, C context);

    /** Returns the events after a position. */
    CompletionStage<SyncRoom.Synced> handle(SyncRoom command, C context);

    /** Ends subscriptions to the presence of users. */
    CompletionStage<UnsubscribePresence.Unsubscribed> handle(UnsubscribePresence command, C context);

    /** Changes the title or metadata of a conversation. */
    CompletionStage<UpdateConversation.Updated> handle(UpdateConversation command, C context);
}
