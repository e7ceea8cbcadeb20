package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CommandHandler;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetConversation;
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
import io.roomcast.chat.internal.execution.ConversationLocks;
import io.roomcast.chat.internal.port.HostSettings;
import io.roomcast.chat.internal.presence.PresenceTrackers;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.Sessions;
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

    private Handlers(ChatParts parts, ConversationEditor editor, ConversationLocks locks, CommitFollowUp followUp) {
        HostSettings settings = parts.settings();
        Sessions sessions = parts.sessions();
        PresenceTrackers trackers = parts.presence();
        InterceptorRunner interceptor = new InterceptorRunner(
                settings.interceptor(), parts.rules(), parts.ports().interceptor());
        rooms = rooms(parts);
        messages = messages(parts, interceptor, followUp);
        changes = changes(parts, interceptor);
        history = history(parts);
        receipts = new ReceiptHandler(
                parts.receipts(), parts.rooms().registry(), sessions.authorizer(), settings.store(), settings.clock());
        conversations = new ConversationHandler(
                editor, locks, parts.joins().evictor(), parts.receipts().tracker(), settings.store(), settings.clock());
        typing = new TypingHandler(trackers.typing(), settings.limits().typingTimeout());
        viewing = new ViewingHandler(trackers.viewing());
        presence = new PresenceHandler(trackers.presence(), trackers.visibility());
        tokens = new TokenHandler(sessions.authentication(), sessions.lifecycle());
        plans = new CommandPlans(messages, receipts);
    }

    static Handlers create(
            ChatParts parts, ConversationEditor editor, ConversationLocks locks, CommitFollowUp followUp) {
        return new Handlers(parts, editor, locks, followUp);
    }

    private static RoomHandler rooms(ChatParts parts) {
        return new RoomHandler(
                parts.joins().pending(),
                parts.sessions().leaver(),
                parts.rules(),
                parts.sessions().rates(),
                parts.rooms().catchUpReader(),
                parts.rooms().publisher());
    }

    private static MessageHandler messages(ChatParts parts, InterceptorRunner interceptor, CommitFollowUp followUp) {
        return new MessageHandler(
                parts.execution().commits(),
                interceptor,
                parts.presence().typing(),
                parts.receipts().tracker(),
                followUp,
                parts.settings().clock());
    }

    private static ChangeHandler changes(ChatParts parts, InterceptorRunner interceptor) {
        HostSettings settings = parts.settings();
        ChangeAuthorizer authorizer = new ChangeAuthorizer(
                settings.store(), parts.rooms().membershipCache(), settings.limits(), settings.clock());
        return new ChangeHandler(
                settings.store(), authorizer, interceptor, parts.execution().workers(), settings.clock());
    }

    private static HistoryHandler history(ChatParts parts) {
        return new HistoryHandler(
                parts.rooms().registry(),
                parts.settings().store(),
                parts.settings().limits(),
                parts.rooms().catchUpReader(),
                parts.receipts().tracker());
    }

    /** Returns how the pipeline runs the command. */
    public CommandPlan plan(Command<?> command) {
        return command.accept(plans);
    }

    @Override
    public CompletionStage<AddMembers.Added> handle(AddMembers command, CommandContext context) {
        return done(conversations.addMembers(command, context));
    }

    @Override
    public CompletionStage<AddReaction.Reacted> handle(AddReaction command, CommandContext context) {
        return done(changes.addReaction(command, context));
    }

    @Override
    public CompletionStage<CreateConversation.Created> handle(CreateConversation command, CommandContext context) {
        return done(conversations.create(command, context));
    }

    @Override
    public CompletionStage<DeleteMessage.Deleted> handle(DeleteMessage command, CommandContext context) {
        return done(changes.delete(command, context));
    }

    @Override
    public CompletionStage<EditMessage.Edited> handle(EditMessage command, CommandContext context) {
        return changes.edit(command, context);
    }

    @Override
    public CompletionStage<GetConversation.Found> handle(GetConversation command, CommandContext context) {
        return done(conversations.get(command, context));
    }

    @Override
    public CompletionStage<GetConversations.Listed> handle(GetConversations command, CommandContext context) {
        return done(conversations.list(command, context));
    }

    @Override
    public CompletionStage<GetMessages.Page> handle(GetMessages command, CommandContext context) {
        return done(history.read(command));
    }

    @Override
    public CompletionStage<GetPresence.Known> handle(GetPresence command, CommandContext context) {
        return done(presence.get(command, context));
    }

    @Override
    public CompletionStage<GetReceipts.Receipts> handle(GetReceipts command, CommandContext context) {
        return done(receipts.list(command));
    }

    @Override
    public CompletionStage<JoinRoom.Joined> handle(JoinRoom command, CommandContext context) {
        return rooms.join(command, context);
    }

    @Override
    public CompletionStage<JoinRooms.Joined> handle(JoinRooms command, CommandContext context) {
        return rooms.joinAll(command, context);
    }

    @Override
    public CompletionStage<LeaveRoom.Left> handle(LeaveRoom command, CommandContext context) {
        return done(rooms.leave(command, context));
    }

    @Override
    public CompletionStage<MarkDelivered.Delivered> handle(MarkDelivered command, CommandContext context) {
        return done(receipts.markDelivered(command, context));
    }

    @Override
    public CompletionStage<MarkRead.Read> handle(MarkRead command, CommandContext context) {
        return done(receipts.markRead(command, context));
    }

    @Override
    public CompletionStage<RefreshToken.Refreshed> handle(RefreshToken command, CommandContext context) {
        return tokens.refresh(command, context);
    }

    @Override
    public CompletionStage<RemoveMember.Removed> handle(RemoveMember command, CommandContext context) {
        return done(conversations.removeMember(command, context));
    }

    @Override
    public CompletionStage<RemoveReaction.Removed> handle(RemoveReaction command, CommandContext context) {
        return done(changes.removeReaction(command, context));
    }

    @Override
    public CompletionStage<SendMessage.Sent> handle(SendMessage command, CommandContext context) {
        return messages.send(context);
    }

    @Override
    public CompletionStage<SetPresence.Set> handle(SetPresence command, CommandContext context) {
        return done(presence.set(command, context));
    }

    @Override
    public CompletionStage<StartTyping.Started> handle(StartTyping command, CommandContext context) {
        return done(typing.start(command, context));
    }

    @Override
    public CompletionStage<StartViewing.Viewing> handle(StartViewing command, CommandContext context) {
        return done(viewing.start(command, context));
    }

    @Override
    public CompletionStage<StopTyping.Stopped> handle(StopTyping command, CommandContext context) {
        return done(typing.stop(command, context));
    }

    @Override
    public CompletionStage<StopViewing.Stopped> handle(StopViewing command, CommandContext context) {
        return done(viewing.stop(command, context));
    }

    @Override
    public CompletionStage<SubscribePresence.Subscribed> handle(SubscribePresence command, CommandContext context) {
        return done(presence.subscribe(command, context));
    }

    @Override
    public CompletionStage<SyncRoom.Synced> handle(SyncRoom command, CommandContext context) {
        return done(history.sync(command));
    }

    @Override
    public CompletionStage<UnsubscribePresence.Unsubscribed> handle(
            UnsubscribePresence command, CommandContext context) {
        return done(presence.unsubscribe(command, context));
    }

    @Override
    public CompletionStage<UpdateConversation.Updated> handle(UpdateConversation command, CommandContext context) {
        return done(conversations.update(command, context));
    }

    private static <R> CompletionStage<R> done(R result) {
        return CompletableFuture.completedFuture(result);
    }
}
