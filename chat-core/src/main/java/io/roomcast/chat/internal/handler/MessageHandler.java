package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SendMessage.Sent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.internal.execution.CommitQueue;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.room.HostSession;
import io.roomcast.chat.internal.rule.TextRules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Sending messages: nothing is told that is not stored. */
public final class MessageHandler {
    private final CommitQueue commits;
    private final InterceptorRunner interception;
    private final TypingTracker typing;
    private final ReceiptTracker receipts;
    private final CommitFollowUp followUp;
    private final MessageIds ids;
    private final Clock clock;

    public MessageHandler(
            CommitQueue commits,
            InterceptorRunner interception,
            TypingTracker typing,
            ReceiptTracker receipts,
            CommitFollowUp followUp,
            Clock clock) {
        this.commits = commits;
        this.interception = interception;
        this.typing = typing;
        this.receipts = receipts;
        this.followUp = followUp;
        this.ids = new MessageIds(clock);
        this.clock = clock;
    }

    /** Shows the message to the host's interceptor; what is to be stored is then known to the call. */
    CompletionStage<?> prepare(SendMessage command, CommandContext call) {
        return interception.pass(draft(command, call)).thenAccept(call::draft);
    }

    CompletionStage<Sent> send(CommandContext call) {
        MessageDraft draft = call.draft();
        return commits.append(draft).thenApply(result -> sent(result, draft, call));
    }

    private Sent sent(AppendResult result, MessageDraft draft, CommandContext call) {
        if (result instanceof AppendResult.Failed failed) {
            followUp.unconfirmed(draft);
            throw ChatException.ofMessage(failed.cause());
        }
        if (result instanceof AppendResult.Duplicate duplicate) {
            if (followUp.isOwed(duplicate.message())) {
                committed(duplicate.message(), call);
            }
            call.tellRoomUnlessTold(new MessageSent(duplicate.message()));
            return new Sent(duplicate.message(), true);
        }
        if (result instanceof AppendResult.Stored stored) {
            committed(stored.message(), call);
            call.tellRoom(stored.message().conversationId(), new MessageSent(stored.message()));
            return new Sent(stored.message(), false);
        }
        throw new IllegalStateException("a store answered " + result.getClass());
    }

    private MessageDraft draft(SendMessage command, CommandContext call) {
        String id = ids.next();
        return new MessageDraft(
                id,
                command.conversationId(),
                call.author(),
                Objects.requireNonNullElse(command.clientMessageId(), id),
                new MessageBody(
                        command.type(),
                        TextRules.withoutControls(Objects.requireNonNullElse(command.content(), "")),
                        command.attachment(),
                        command.replyTo(),
                        command.mentions(),
                        command.metadata()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private void stopTyping(String conversationId, CommandContext call) {
        typing.stop(conversationId, call.session())
                .ifPresent(userId -> call.tellOthers(conversationId, new TypingStopped(conversationId, userId)));
    }

    private void committed(Message message, CommandContext call) {
        stopTyping(message.conversationId(), call);
        if (call.session() instanceof HostSession || call.session().principal().userId() != null) {
            receipts.recordSent(message);
        }
        call.afterwards(() -> followUp.committed(message));
    }
}
