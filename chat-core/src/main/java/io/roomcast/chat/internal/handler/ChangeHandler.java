package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.AddReaction.Reacted;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.DeleteMessage.Deleted;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.EditMessage.Edited;
import io.roomcast.chat.command.PinMessage;
import io.roomcast.chat.command.PinMessage.Pinned;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.command.RemoveReaction.Removed;
import io.roomcast.chat.command.UnpinMessage;
import io.roomcast.chat.command.UnpinMessage.Unpinned;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.PinChanged;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.receipt.UnreadNotifier;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.upload.SentFiles;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.spi.ChangeResult;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Edits, deletes and pins messages, and adds and removes reactions. Stores each change, then sends one event to the room. A
 * change without effect sends none.
 *
 * <p>Called in the conversation's order, so that a room receives changes in the order of their versions. Blocks for the
 * store.
 */
final class ChangeHandler {
    private final MessageStore store;
    private final ChangeAuthorizer authorizer;
    private final InterceptorRunner interceptor;
    private final WorkerPool workers;
    private final UnreadNotifier unread;
    private final SentFiles files;
    private final Clock clock;

    ChangeHandler(
            MessageStore store,
            ChangeAuthorizer authorizer,
            InterceptorRunner interceptor,
            WorkerPool workers,
            UnreadNotifier unread,
            SentFiles files,
            Clock clock) {
        this.store = store;
        this.authorizer = authorizer;
        this.interceptor = interceptor;
        this.workers = workers;
        this.unread = unread;
        this.files = files;
        this.clock = clock;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                CommandPlan.serialAmongMembers(EditMessage.class, rules.messages()::edit, this::edit),
                CommandPlan.serialAmongMembers(
                        DeleteMessage.class,
                        command -> rules.ids().messageId(command.messageId()),
                        returning(this::delete)),
                CommandPlan.serialAmongMembers(
                        AddReaction.class,
                        command -> rules.messages().reaction(command.messageId(), command.key()),
                        returning(this::addReaction)),
                CommandPlan.serialAmongMembers(
                        RemoveReaction.class,
                        command -> rules.messages().reaction(command.messageId(), command.key()),
                        returning(this::removeReaction)),
                CommandPlan.serialAmongMembers(
                        PinMessage.class, command -> rules.ids().messageId(command.messageId()), returning(this::pin)),
                CommandPlan.serialAmongMembers(
                        UnpinMessage.class,
                        command -> rules.ids().messageId(command.messageId()),
                        returning(this::unpin)));
    }

    /** Edits a message. An edit to the same content has no effect, so a client may repeat it. */
    CompletionStage<Edited> edit(EditMessage command, CommandContext context) {
        Message before = authorizer.requireEditable(command.conversationId(), command.messageId(), context);
        CompletionStage<MessageBody> edited = interceptor.edit(before, command);
        return workers.thenApply(edited, body -> edit(command, context, before, body));
    }

    private Edited edit(EditMessage command, CommandContext context, Message before, MessageBody body) {
        if (body.equals(before.body()) && isExpected(command, before)) {
            return new Edited(before);
        }
        Change edit = new Change.Edit(
                command.conversationId(),
                command.messageId(),
                ChangeAuthorizer.author(context),
                clock.instant(),
                body.content(),
                body.metadata(),
                command.expectedVersion());
        return new Edited(apply(edit, context, MessageEdited::new));
    }

    private static boolean isExpected(EditMessage command, Message message) {
        return command.expectedVersion() == null || command.expectedVersion() == message.version();
    }

    Deleted delete(DeleteMessage command, CommandContext context) {
        Message before = authorizer.requireDeletable(command.conversationId(), command.messageId(), context);
        if (before.isDeleted()) {
            return new Deleted(before);
        }
        List<String> mentioned = before.body().mentions();
        if (!mentioned.isEmpty()) {
            context.afterPublishing(() -> unread.mentionsDeleted(command.conversationId(), mentioned));
        }
        context.afterPublishing(() -> files.deleted(before.body()));
        Change delete = new Change.Delete(
                command.conversationId(), command.messageId(), ChangeAuthorizer.author(context), clock.instant());
        return new Deleted(apply(delete, context, MessageDeleted::new));
    }

    Reacted addReaction(AddReaction command, CommandContext context) {
        String userId = ChangeAuthorizer.author(context);
        Change react =
                new Change.React(command.conversationId(), command.messageId(), userId, clock.instant(), command.key());
        Reaction reaction = new Reaction(command.key(), userId);
        return new Reacted(apply(react, context, message -> new ReactionsChanged(message, reaction, true)));
    }

    Removed removeReaction(RemoveReaction command, CommandContext context) {
        String userId = ChangeAuthorizer.author(context);
        Change unreact = new Change.Unreact(
                command.conversationId(), command.messageId(), userId, clock.instant(), command.key());
        Reaction reaction = new Reaction(command.key(), userId);
        return new Removed(apply(unreact, context, message -> new ReactionsChanged(message, reaction, false)));
    }

    Pinned pin(PinMessage command, CommandContext context) {
        Change pin = new Change.Pin(
                command.conversationId(), command.messageId(), ChangeAuthorizer.author(context), clock.instant());
        return new Pinned(apply(pin, context, PinChanged::new));
    }

    Unpinned unpin(UnpinMessage command, CommandContext context) {
        Change unpin = new Change.Unpin(
                command.conversationId(), command.messageId(), ChangeAuthorizer.author(context), clock.instant());
        return new Unpinned(apply(unpin, context, PinChanged::new));
    }

    private Message apply(Change change, CommandContext context, Function<Message, ChatEvent> event) {
        ChangeResult result = store.change(change);
        Message message = result.message();
        if (result.changed()) {
            if (change instanceof Change.Edit || change instanceof Change.Delete) {
                context.afterPublishing(() -> unread.messageChanged(message));
            }
            context.sendToRoom(change.conversationId(), event.apply(message));
        }
        return message;
    }
}
