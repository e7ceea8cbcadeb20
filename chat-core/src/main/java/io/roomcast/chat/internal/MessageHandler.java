package io.roomcast.chat.internal;

import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SendMessage.Sent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Sending messages: nothing is told that is not stored. */
final class MessageHandler {
    private final CommitQueue commits;
    private final Interception interception;
    private final TypingTracker typing;
    private final ReceiptTracker receipts;
    private final UnreadNews unread;
    private final Tally tally;
    private final MessageIds ids;
    private final Clock clock;

    MessageHandler(
            CommitQueue commits,
            Interception interception,
            TypingTracker typing,
            ReceiptTracker receipts,
            UnreadNews unread,
            Tally tally,
            Clock clock) {
        this.commits = commits;
        this.interception = interception;
        this.typing = typing;
        this.receipts = receipts;
        this.unread = unread;
        this.tally = tally;
        this.ids = new MessageIds(clock);
        this.clock = clock;
    }

    /** Shows the message to the host's interceptor; what is to be stored is then known to the call. */
    CompletionStage<?> prepare(SendMessage command, Call call) {
        return interception.pass(draft(command, call)).thenAccept(call::draft);
    }

    CompletionStage<Sent> send(Call call) {
        return commits.append(call.draft()).thenApply(result -> sent(result, call));
    }

    private Sent sent(AppendResult result, Call call) {
        if (result instanceof AppendResult.Failed failed) {
            throw failed.cause();
        }
        if (result instanceof AppendResult.Duplicate duplicate) {
            call.tellRoomUnlessTold(new MessageSent(duplicate.message()));
            return new Sent(duplicate.message(), true);
        }
        if (result instanceof AppendResult.Stored stored) {
            tally.persist();
            stopTyping(stored.message().conversationId(), call);
            noteRead(stored.message(), call);
            call.tellRoom(stored.message().conversationId(), new MessageSent(stored.message()));
            return new Sent(stored.message(), false);
        }
        throw new IllegalStateException("a store answered " + result.getClass());
    }

    private MessageDraft draft(SendMessage command, Call call) {
        String id = ids.next();
        return new MessageDraft(
                id,
                command.conversationId(),
                call.author(),
                Objects.requireNonNullElse(command.clientMessageId(), id),
                new MessageBody(
                        command.type(),
                        Content.withoutControls(Objects.requireNonNullElse(command.content(), "")),
                        command.attachment(),
                        command.replyTo(),
                        command.mentions(),
                        command.metadata()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private void stopTyping(String conversationId, Call call) {
        typing.stop(conversationId, call.session())
                .ifPresent(userId -> call.tellOthers(conversationId, new TypingStopped(conversationId, userId)));
    }

    /** One's own words are read; who never had to say who they are reads nothing. */
    private void noteRead(Message message, Call call) {
        if (call.session() instanceof HostSession || call.session().principal().userId() != null) {
            receipts.sent(message);
        }
        call.afterwards(() -> unread.messageSent(message));
    }
}
