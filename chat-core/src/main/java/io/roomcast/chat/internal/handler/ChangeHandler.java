package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.AddReaction.Reacted;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.DeleteMessage.Deleted;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.EditMessage.Edited;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.spi.ChangeResult;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Changing what was said: each change is stored, then told once to the room, and one that makes no difference to nobody.
 *
 * <p>Called in the conversation's order, so that a room hears of changes in the order of their versions.
 */
public final class ChangeHandler {
    private final ChatStore store;
    private final ChangeAuthorizer access;
    private final InterceptorRunner interception;
    private final WorkerPool workers;
    private final Clock clock;

    public ChangeHandler(
            ChatStore store, ChangeAuthorizer access, InterceptorRunner interception, WorkerPool workers, Clock clock) {
        this.store = store;
        this.access = access;
        this.interception = interception;
        this.workers = workers;
        this.clock = clock;
    }

    /** An edit to what the message is already changes nothing, so that a client may repeat one. */
    CompletionStage<Edited> edit(EditMessage command, CommandContext call) {
        Message before = access.toEdit(command.conversationId(), command.messageId(), call);
        CompletionStage<MessageBody> wanted = interception.edited(before, command);
        return workers.thenApply(wanted, body -> edit(command, call, before, body));
    }

    private Edited edit(EditMessage command, CommandContext call, Message before, MessageBody wanted) {
        if (wanted.equals(before.body()) && isExpected(command, before)) {
            return new Edited(before);
        }
        Change edit = new Change.Edit(
                command.conversationId(),
                command.messageId(),
                ChangeAuthorizer.author(call),
                now(),
                wanted.content(),
                wanted.metadata(),
                command.expectedVersion());
        return new Edited(apply(edit, call, MessageEdited::new));
    }

    private static boolean isExpected(EditMessage command, Message message) {
        return command.expectedVersion() == null || command.expectedVersion() == message.version();
    }

    Deleted delete(DeleteMessage command, CommandContext call) {
        Message before = access.toDelete(command.conversationId(), command.messageId(), call);
        if (before.isDeleted()) {
            return new Deleted(before);
        }
        Change delete =
                new Change.Delete(command.conversationId(), command.messageId(), ChangeAuthorizer.author(call), now());
        return new Deleted(apply(delete, call, MessageDeleted::new));
    }

    Reacted react(AddReaction command, CommandContext call) {
        String userId = ChangeAuthorizer.author(call);
        Change react = new Change.React(command.conversationId(), command.messageId(), userId, now(), command.key());
        Reaction reaction = new Reaction(command.key(), userId);
        return new Reacted(apply(react, call, message -> new ReactionsChanged(message, reaction, true)));
    }

    Reacted unreact(RemoveReaction command, CommandContext call) {
        String userId = ChangeAuthorizer.author(call);
        Change unreact =
                new Change.Unreact(command.conversationId(), command.messageId(), userId, now(), command.key());
        Reaction reaction = new Reaction(command.key(), userId);
        return new Reacted(apply(unreact, call, message -> new ReactionsChanged(message, reaction, false)));
    }

    private Message apply(Change change, CommandContext call, Function<Message, ChatEvent> event) {
        ChangeResult result = store.change(change);
        if (result.changed()) {
            call.tellRoom(change.conversationId(), event.apply(result.message()));
        }
        return result.message();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
