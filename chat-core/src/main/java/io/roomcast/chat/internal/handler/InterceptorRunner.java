package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.internal.port.IsolatedPort;
import io.roomcast.chat.internal.port.ReportedFailure;
import io.roomcast.chat.internal.rule.MessageRules;
import io.roomcast.chat.internal.rule.TextRules;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.MessageInterceptor;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages through the host's interceptor. Refuses a message if the interceptor does not return in time. Never
 * blocks.
 */
final class InterceptorRunner {
    private static final MessageInterceptor NONE = MessageInterceptor.none();

    private final MessageInterceptor interceptor;
    private final MessageRules rules;
    private final IsolatedPort port;

    /**
     * Creates a runner.
     *
     * @param port calls the interceptor on its own threads
     */
    InterceptorRunner(MessageInterceptor interceptor, MessageRules rules, IsolatedPort port) {
        this.interceptor = interceptor;
        this.rules = rules;
        this.port = port;
    }

    /** Returns the draft to store in place of the given one. */
    CompletionStage<MessageDraft> intercept(MessageDraft draft) {
        return interceptor == NONE
                ? CompletableFuture.completedFuture(draft)
                : port.call(draft.conversationId(), () -> validated(draft, interceptor.beforeCommit(draft)));
    }

    /** Validates what the interceptor returned, as clients rely on the form of messages. */
    private MessageDraft validated(MessageDraft draft, @Nullable MessageDraft returned) {
        if (returned == null) {
            throw fault("returned null");
        }
        if (!hasSameIds(draft, returned)) {
            throw fault("changed the ids of a message");
        }
        if (!hasSameTerms(draft, returned)) {
            throw fault("changed the expiry or the condition of a message");
        }
        try {
            rules.send(asCommand(returned), false);
        } catch (ChatException invalid) {
            throw fault("made the message invalid: " + invalid.code().wireName() + " "
                    + invalid.field().orElse(""));
        }
        return returned;
    }

    /** Returns the edited body. Only content and metadata may differ from the original. */
    CompletionStage<MessageBody> edit(Message before, EditMessage edit) {
        MessageBody body = before.body().edited(TextRules.withoutControls(edit.content()), edit.metadata());
        if (body.content().isEmpty() && !TextRules.needsNoText(body.type(), body.attachments())) {
            throw ChatException.missing("content");
        }
        return intercept(draft(before, body))
                .thenApply(returned ->
                        body.edited(returned.content(), returned.body().metadata()));
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

    private static boolean hasSameIds(MessageDraft draft, MessageDraft returned) {
        return returned.id().equals(draft.id())
                && returned.conversationId().equals(draft.conversationId())
                && returned.senderId().equals(draft.senderId())
                && returned.clientMessageId().equals(draft.clientMessageId());
    }

    private static boolean hasSameTerms(MessageDraft draft, MessageDraft returned) {
        return Objects.equals(returned.expiresAt(), draft.expiresAt())
                && Objects.equals(returned.ifLatestSeq(), draft.ifLatestSeq());
    }

    /** Leaves out the client's id, which was validated before or was created by the server. */
    private static SendMessage asCommand(MessageDraft draft) {
        return new SendMessage(
                draft.conversationId(),
                draft.senderId(),
                draft.body().type(),
                draft.content(),
                draft.body().attachments(),
                null,
                draft.body().replyTo(),
                draft.body().mentions(),
                draft.body().metadata(),
                null,
                null,
                draft.body().customType());
    }

    private ChatException fault(String text) {
        port.port().warn(text);
        return ChatException.of(ErrorCode.INTERNAL_ERROR, new ReportedFailure(new IllegalStateException(text)));
    }
}
