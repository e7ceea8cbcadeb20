package io.roomcast.chat.command;

import java.util.concurrent.CompletionStage;

/**
 * Executes commands, with one method for each type. A method returns a stage that completes now or later, or throws a
 * {@link io.roomcast.chat.model.ChatException}.
 *
 * @param <C> the data about the caller
 */
public interface CommandHandler<C> {
    /** Adds members. */
    CompletionStage<AddMembers.Added> handle(AddMembers command, C context);

    /** Adds a reaction. */
    CompletionStage<AddReaction.Reacted> handle(AddReaction command, C context);

    /** Creates a conversation. */
    CompletionStage<CreateConversation.Created> handle(CreateConversation command, C context);

    /** Deletes a message. */
    CompletionStage<DeleteMessage.Deleted> handle(DeleteMessage command, C context);

    /** Edits a message. */
    CompletionStage<EditMessage.Edited> handle(EditMessage command, C context);

    /** Reads a page of conversations. */
    CompletionStage<GetConversations.Listed> handle(GetConversations command, C context);

    /** Reads a page of messages. */
    CompletionStage<GetMessages.Page> handle(GetMessages command, C context);

    /** Reads the presence of users. */
    CompletionStage<GetPresence.Known> handle(GetPresence command, C context);

    /** Reads receipts. */
    CompletionStage<GetReceipts.Receipts> handle(GetReceipts command, C context);

    /** Joins a room. */
    CompletionStage<JoinRoom.Joined> handle(JoinRoom command, C context);

    /** Joins several rooms. */
    CompletionStage<JoinRooms.Joined> handle(JoinRooms command, C context);

    /** Leaves a room. */
    CompletionStage<LeaveRoom.Left> handle(LeaveRoom command, C context);

    /** Records delivery receipts. */
    CompletionStage<MarkDelivered.Delivered> handle(MarkDelivered command, C context);

    /** Records a read receipt. */
    CompletionStage<MarkRead.Read> handle(MarkRead command, C context);

    /** Replaces the session's token. */
    CompletionStage<RefreshToken.Refreshed> handle(RefreshToken command, C context);

    /** Removes a member. */
    CompletionStage<RemoveMember.Removed> handle(RemoveMember command, C context);

    /** Removes a reaction. */
    CompletionStage<AddReaction.Reacted> handle(RemoveReaction command, C context);

    /** Stores a message. */
    CompletionStage<SendMessage.Sent> handle(SendMessage command, C context);

    /** Sets the user's own presence. */
    CompletionStage<SetPresence.Set> handle(SetPresence command, C context);

    /** Records that a user is typing. */
    CompletionStage<StartTyping.Started> handle(StartTyping command, C context);

    /** Records that a user views a room. */
    CompletionStage<StartViewing.Viewing> handle(StartViewing command, C context);

    /** Records that a user stopped typing. */
    CompletionStage<StopTyping.Stopped> handle(StopTyping command, C context);

    /** Records that a user stopped viewing. */
    CompletionStage<StopViewing.Stopped> handle(StopViewing command, C context);

    /** Reads the presence of users, and subscribes to it. */
    CompletionStage<GetPresence.Known> handle(SubscribePresence command, C context);

    /** Reads messages and changes after a position. */
    CompletionStage<SyncRoom.Synced> handle(SyncRoom command, C context);

    /** Ends a subscription to presence. */
    CompletionStage<GetPresence.Known> handle(UnsubscribePresence command, C context);

    /** Changes a conversation. */
    CompletionStage<UpdateConversation.Updated> handle(UpdateConversation command, C context);
}
