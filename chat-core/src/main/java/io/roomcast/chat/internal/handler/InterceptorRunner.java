package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.internal.port.IsolatedPort;
import io.roomcast.chat.internal.port.ReportedFailure;
import io.roomcast.chat.internal.rule.CommandRules;
import io.roomcast.chat.internal.rule.TextRules;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.MessageInterceptor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Passes messages through the host's interceptor. Refuses those that it has not answered in time. */
public final class InterceptorRunner {
    private static final MessageInterceptor NOBODY = MessageInterceptor.none();

    private final MessageInterceptor interceptor;
    private final CommandRules validator;
    private final IsolatedPort port;

    /** Asks the interceptor by way of the given port. */
    public InterceptorRunner(MessageInterceptor interceptor, CommandRules validator, IsolatedPort port) {
        this.interceptor = interceptor;
        this.validator = validator;
        this.port = port;
    }

    /** Returns the draft to store in place of the given one; never blocks. */
    CompletionStage<MessageDraft> pass(MessageDraft draft) {
        return interceptor == NOBODY
                ? CompletableFuture.completedStage(draft)
                : port.call(draft.conversationId(), () -> checked(draft, interceptor.beforeCommit(draft)));
    }

    /** What an interceptor makes of a message goes to clients, who rely on its form. */
    private MessageDraft checked(MessageDraft draft, @Nullable MessageDraft wanted) {
        if (wanted == null) {
            throw fault("returned null");
        }
        if (!isSame(draft, wanted)) {
            throw fault("changed whose message it is");
        }
        try {
            validator.validate(asSent(wanted));
        } catch (ChatException malformed) {
            throw fault("made the message malformed: " + malformed.code().wireName() + " "
                    + malformed.field().orElse(""));
        }
        return wanted;
    }

    /** Answers what a message is to hold after an edit; but for the words and the metadata it is what it was. */
    CompletionStage<MessageBody> edited(Message before, EditMessage edit) {
        MessageBody body = edited(before.body(), TextRules.withoutControls(edit.content()), edit.metadata());
        if (body.content().isEmpty() && !TextRules.needsNoText(body.type(), body.attachment())) {
            throw ChatException.missing("content");
        }
        return pass(draft(before, body))
                .thenApply(
                        wanted -> edited(body, wanted.content(), wanted.body().metadata()));
    }

    private static MessageBody edited(MessageBody body, String content, @Nullable String metadata) {
        return new MessageBody(body.type(), content, body.attachment(), body.replyTo(), body.mentions(), metadata);
    }

    private static MessageDraft draft(Message message, MessageBody body) {
        return new MessageDraft(
                message.id(),
                message.conversationId(),
                message.senderId(),
                message.clientMessageId(),
                body,
                message.createdAt());
    }

    private static boolean isSame(MessageDraft draft, MessageDraft wanted) {
        return wanted.id().equals(draft.id())
                && wanted.conversationId().equals(draft.conversationId())
                && wanted.senderId().equals(draft.senderId())
                && wanted.clientMessageId().equals(draft.clientMessageId());
    }

    /** Without its key, which was checked before or is of our own making. */
    private static SendMessage asSent(MessageDraft draft) {
        return new SendMessage(
                draft.conversationId(),
                draft.senderId(),
                draft.body().type(),
                draft.content(),
                draft.attachment(),
                null,
                draft.body().replyTo(),
                draft.body().mentions(),
                draft.body().metadata());
    }

    private ChatException fault(String text) {
        port.port().note(text);
        return ChatException.of(ErrorCode.INTERNAL_ERROR, new ReportedFailure(new IllegalStateException(text)));
    }
}
