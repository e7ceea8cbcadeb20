package io.roomcast.chat.command;

import java.util.concurrent.CompletionStage;

/**
 * Carries out commands: one method for each kind, which answers at once or later and may throw instead.
 *
 * @param <C> what the handler is told of the caller
 */
public interface CommandHandler<C> {
    /** Makes users members. */
    CompletionStage<AddMembers.Added> handle(AddMembers command, C call);

    /** Notes a reaction. */
    CompletionStage<AddReaction.Reacted> handle(AddReaction command, C call);

    /** Makes a conversation. */
    CompletionStage<CreateConversation.Created> handle(CreateConversation command, C call);

    /** Takes a message back. */
    CompletionStage<DeleteMessage.Deleted> handle(DeleteMessage command, C call);

    /** Gives a message other words. */
    CompletionStage<EditMessage.Edited> handle(EditMessage command, C call);

    /** Answers a page of conversations. */
    CompletionStage<GetConversations.Listed> handle(GetConversations command, C call);

    /** Answers a page of messages. */
    CompletionStage<GetMessages.Page> handle(GetMessages command, C call);

    /** Answers who is here. */
    CompletionStage<GetPresence.Known> handle(GetPresence command, C call);

    /** Answers how far everybody has come. */
    CompletionStage<GetReceipts.Receipts> handle(GetReceipts command, C call);

    /** Puts the session into a room. */
    CompletionStage<JoinRoom.Joined> handle(JoinRoom command, C call);

    /** Puts the session into several rooms. */
    CompletionStage<JoinRooms.Joined> handle(JoinRooms command, C call);

    /** Puts the session out of a room. */
    CompletionStage<LeaveRoom.Left> handle(LeaveRoom command, C call);

    /** Notes which messages a device has. */
    CompletionStage<MarkDelivered.Delivered> handle(MarkDelivered command, C call);

    /** Notes which messages a user has seen. */
    CompletionStage<MarkRead.Read> handle(MarkRead command, C call);

    /** Renews the proof of who a session is. */
    CompletionStage<RefreshToken.Refreshed> handle(RefreshToken command, C call);

    /** Ends a membership. */
    CompletionStage<RemoveMember.Removed> handle(RemoveMember command, C call);

    /** Takes a reaction back. */
    CompletionStage<AddReaction.Reacted> handle(RemoveReaction command, C call);

    /** Stores a message. */
    CompletionStage<SendMessage.Sent> handle(SendMessage command, C call);

    /** Notes whether a user is here. */
    CompletionStage<SetPresence.Set> handle(SetPresence command, C call);

    /** Notes that a user is typing. */
    CompletionStage<StartTyping.Started> handle(StartTyping command, C call);

    /** Notes that a user looks at a room. */
    CompletionStage<StartViewing.Viewing> handle(StartViewing command, C call);

    /** Notes that a user stopped typing. */
    CompletionStage<StopTyping.Stopped> handle(StopTyping command, C call);

    /** Notes that a user looks elsewhere. */
    CompletionStage<StopViewing.Stopped> handle(StopViewing command, C call);

    /** Answers who is here, and goes on telling. */
    CompletionStage<GetPresence.Known> handle(SubscribePresence command, C call);

    /** Answers what happened after a position. */
    CompletionStage<SyncRoom.Synced> handle(SyncRoom command, C call);

    /** Stops telling who is here. */
    CompletionStage<GetPresence.Known> handle(UnsubscribePresence command, C call);

    /** Changes a conversation. */
    CompletionStage<UpdateConversation.Updated> handle(UpdateConversation command, C call);
}
