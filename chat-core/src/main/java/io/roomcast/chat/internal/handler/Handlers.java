package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CommandHandler;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.internal.session.CommandContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Forwards each command to the handler of its family. */
public final class Handlers implements CommandHandler<CommandContext> {
    private final RoomHandler rooms;
    private final MessageHandler messages;
    private final ChangeHandler changes;
    private final HistoryHandler history;
    private final ReceiptHandler receipts;
    private final ConversationHandler conversations;
    private final TypingHandler typing;
    private final ViewingHandler viewing;
    private final PresenceHandler presence;
    private final TokenHandler tokens;
    private final CommandPlans plans;

    public Handlers(
            RoomHandler rooms,
            MessageHandler messages,
            ChangeHandler changes,
            HistoryHandler history,
            ReceiptHandler receipts,
            ConversationHandler conversations,
            TypingHandler typing,
            ViewingHandler viewing,
            PresenceHandler presence,
            TokenHandler tokens) {
        this.rooms = rooms;
        this.messages = messages;
        this.changes = changes;
        this.history = history;
        this.receipts = receipts;
        this.conversations = conversations;
        this.typing = typing;
        this.viewing = viewing;
        this.presence = presence;
        this.tokens = tokens;
        this.plans = new CommandPlans(messages, receipts);
    }

    /** Returns how the pipeline runs the command. */
    public CommandPlan plan(Command<?> command) {
        return command.accept(plans);
    }

    @Override
    public CompletionStage<AddMembers.Added> handle(AddMembers command, CommandContext call) {
        return done(conversations.add(command, call));
    }

    @Override
    public CompletionStage<AddReaction.Reacted> handle(AddReaction command, CommandContext call) {
        return done(changes.react(command, call));
    }

    @Override
    public CompletionStage<CreateConversation.Created> handle(CreateConversation command, CommandContext call) {
        return done(conversations.create(command, call));
    }

    @Override
    public CompletionStage<DeleteMessage.Deleted> handle(DeleteMessage command, CommandContext call) {
        return done(changes.delete(command, call));
    }

    @Override
    public CompletionStage<EditMessage.Edited> handle(EditMessage command, CommandContext call) {
        return changes.edit(command, call);
    }

    @Override
    public CompletionStage<GetConversations.Listed> handle(GetConversations command, CommandContext call) {
        return done(conversations.list(command, call));
    }

    @Override
    public CompletionStage<GetMessages.Page> handle(GetMessages command, CommandContext call) {
        return done(history.read(command, call));
    }

    @Override
    public CompletionStage<GetPresence.Known> handle(GetPresence command, CommandContext call) {
        return done(presence.get(command, call));
    }

    @Override
    public CompletionStage<GetReceipts.Receipts> handle(GetReceipts command, CommandContext call) {
        return done(receipts.list(command, call));
    }

    @Override
    public CompletionStage<JoinRoom.Joined> handle(JoinRoom command, CommandContext call) {
        return rooms.join(command, call);
    }

    @Override
    public CompletionStage<JoinRooms.Joined> handle(JoinRooms command, CommandContext call) {
        return rooms.join(command, call);
    }

    @Override
    public CompletionStage<LeaveRoom.Left> handle(LeaveRoom command, CommandContext call) {
        return done(rooms.leave(command, call));
    }

    @Override
    public CompletionStage<MarkDelivered.Delivered> handle(MarkDelivered command, CommandContext call) {
        return done(receipts.delivered(command, call));
    }

    @Override
    public CompletionStage<MarkRead.Read> handle(MarkRead command, CommandContext call) {
        return done(receipts.read(command, call));
    }

    @Override
    public CompletionStage<RefreshToken.Refreshed> handle(RefreshToken command, CommandContext call) {
        return tokens.refresh(command, call);
    }

    @Override
    public CompletionStage<RemoveMember.Removed> handle(RemoveMember command, CommandContext call) {
        return done(conversations.remove(command, call));
    }

    @Override
    public CompletionStage<AddReaction.Reacted> handle(RemoveReaction command, CommandContext call) {
        return done(changes.unreact(command, call));
    }

    @Override
    public CompletionStage<SendMessage.Sent> handle(SendMessage command, CommandContext call) {
        return messages.send(call);
    }

    @Override
    public CompletionStage<SetPresence.Set> handle(SetPresence command, CommandContext call) {
        return done(presence.set(command, call));
    }

    @Override
    public CompletionStage<StartTyping.Started> handle(StartTyping command, CommandContext call) {
        return done(typing.start(command, call));
    }

    @Override
    public CompletionStage<StartViewing.Viewing> handle(StartViewing command, CommandContext call) {
        return done(viewing.start(command, call));
    }

    @Override
    public CompletionStage<StopTyping.Stopped> handle(StopTyping command, CommandContext call) {
        return done(typing.stop(command, call));
    }

    @Override
    public CompletionStage<StopViewing.Stopped> handle(StopViewing command, CommandContext call) {
        return done(viewing.stop(command, call));
    }

    @Override
    public CompletionStage<GetPresence.Known> handle(SubscribePresence command, CommandContext call) {
        return done(presence.subscribe(command, call));
    }

    @Override
    public CompletionStage<SyncRoom.Synced> handle(SyncRoom command, CommandContext call) {
        return done(history.sync(command, call));
    }

    @Override
    public CompletionStage<GetPresence.Known> handle(UnsubscribePresence command, CommandContext call) {
        return done(presence.unsubscribe(command, call));
    }

    @Override
    public CompletionStage<UpdateConversation.Updated> handle(UpdateConversation command, CommandContext call) {
        return done(conversations.update(command, call));
    }

    private static <R> CompletionStage<R> done(R result) {
        return CompletableFuture.completedFuture(result);
    }
}
