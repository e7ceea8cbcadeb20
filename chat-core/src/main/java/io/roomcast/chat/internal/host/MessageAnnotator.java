package io.roomcast.chat.internal.host;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.event.AnnotationChanged;
import io.roomcast.chat.internal.execution.LaneTask;
import io.roomcast.chat.internal.execution.PendingReply;
import io.roomcast.chat.internal.execution.Waits;
import io.roomcast.chat.internal.handler.ChatParts;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.OutboundEvent;
import io.roomcast.chat.model.Annotation;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.spi.ChangeResult;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sets and removes annotations of messages for the host, in the conversation's order. Never blocks the caller; a worker
 * blocks for the store.
 */
public final class MessageAnnotator {
    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    private final ChatParts parts;

    MessageAnnotator(ChatParts parts) {
        this.parts = parts;
    }

    /**
     * Sets an annotation, or removes it. Sends one event to the room unless nothing changes.
     *
     * @param json the value, a JSON object as text, or null to remove the annotation
     * @param reply receives the message after the change
     */
    public void annotate(
            String conversationId, String messageId, String key, @Nullable String json, Reply<Message> reply) {
        PendingReply<Message> pending = parts.execution().timeouts().track(reply);
        try {
            parts.rules().ids().conversationId(conversationId);
            parts.rules().messages().annotation(messageId, key, json);
            Change change = change(conversationId, messageId, key, json);
            LaneTask task = LaneTask.step(Waits.none(), () -> parts.checkRoom(conversationId), failure -> {
                apply(change, key, failure, pending);
                return DONE;
            });
            parts.execution().lanes().executeSerially(conversationId, task);
        } catch (Throwable failure) {
            pending.failed(ChatException.from(failure));
        }
    }

    private Change change(String conversationId, String messageId, String key, @Nullable String json) {
        Instant now = parts.settings().clock().instant();
        String host = NewMessage.SYSTEM_SENDER;
        return json == null
                ? new Change.Unannotate(conversationId, messageId, host, now, key)
                : new Change.Annotate(conversationId, messageId, host, now, new Annotation(key, json));
    }

    private void apply(Change change, String key, @Nullable Throwable refusal, PendingReply<Message> reply) {
        if (refusal != null) {
            reply.failed(ChatException.from(refusal));
        } else if (!reply.isAnswered()) {
            apply(change, key, reply);
        }
    }

    private void apply(Change change, String key, PendingReply<Message> reply) {
        ChangeResult result;
        try {
            result = parts.settings().store().change(change);
        } catch (Throwable failure) {
            reply.failed(ChatException.from(failure));
            return;
        }
        reply.succeeded(result.message());
        if (result.changed()) {
            parts.rooms()
                    .publisher()
                    .publish(new OutboundEvent(
                            new AnnotationChanged(result.message(), key),
                            new Audience.Room(change.conversationId(), null)));
        }
    }
}
