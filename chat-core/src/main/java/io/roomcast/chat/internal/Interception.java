package io.roomcast.chat.internal;

import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.MessageInterceptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows messages to the host's interceptor, and lets none pass that it has not seen in time.
 *
 * <p>The interceptor has threads of its own: one that hangs holds up neither the conversation nor the worker, and once all
 * of them hang, messages are refused at once and everything else goes on.
 */
final class Interception implements AutoCloseable {
    private static final MessageInterceptor NOBODY = MessageInterceptor.none();
    private static final Duration BUDGET = Duration.ofMillis(500);
    private static final int THREADS = 64;

    private final MessageInterceptor interceptor;
    private final CommandValidator validator;
    private final Timers timers;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), new DaemonThreads("roomcast-interceptor"));

    Interception(MessageInterceptor interceptor, CommandValidator validator, Timers timers) {
        this.interceptor = interceptor;
        this.validator = validator;
        this.timers = timers;
    }

    /** What is to be stored in place of the given message; blocks until the interceptor has answered, or is too late. */
    MessageDraft pass(MessageDraft draft) {
        return interceptor == NOBODY ? draft : checked(draft, inTime(draft));
    }

    private MessageDraft inTime(MessageDraft draft) {
        CompletableFuture<MessageDraft> answer = new CompletableFuture<>();
        Future<?> running = start(draft, answer);
        Future<?> timer = timers.after(BUDGET, () -> answer.completeExceptionally(late()));
        try {
            return answer.join();
        } catch (CompletionException refused) {
            throw ChatException.from(refused);
        } finally {
            timer.cancel(false);
            running.cancel(true);
        }
    }

    private Future<?> start(MessageDraft draft, CompletableFuture<MessageDraft> answer) {
        try {
            return threads.submit(() -> ask(draft, answer));
        } catch (RejectedExecutionException allHang) {
            throw late();
        }
    }

    private void ask(MessageDraft draft, CompletableFuture<MessageDraft> answer) {
        try {
            answer.complete(interceptor.beforeCommit(draft));
        } catch (Throwable failure) {
            answer.completeExceptionally(failure);
        }
    }

    private static ChatException late() {
        return ChatException.of(
                ErrorCode.TIMEOUT,
                new IllegalStateException("the interceptor had not answered after " + BUDGET.toMillis() + " ms"));
    }

    /** What an interceptor makes of a message goes to clients, who rely on its form. */
    private MessageDraft checked(MessageDraft draft, MessageDraft wanted) {
        if (!isSame(draft, wanted)) {
            throw fault("an interceptor changed a message's identity");
        }
        try {
            validator.validate(asSent(wanted));
        } catch (ChatException malformed) {
            throw fault("an interceptor made a message malformed: " + malformed.code() + malformed.field());
        }
        return wanted;
    }

    /** What a message is to hold after an edit; but for the words and the metadata it is what it was. */
    MessageBody edited(Message before, EditMessage edit) {
        MessageBody body = edited(before.body(), Content.withoutControls(edit.content()), edit.metadata());
        if (body.content().isEmpty() && !Content.speaksForItself(body.type(), body.attachment())) {
            throw ChatException.missing("content");
        }
        MessageBody wanted = pass(draft(before, body)).body();
        return edited(body, wanted.content(), wanted.metadata());
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

    private static ChatException fault(String text) {
        return ChatException.of(ErrorCode.INTERNAL_ERROR, new IllegalStateException(text));
    }

    /** Lets calls that are under way end, without waiting for that. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
