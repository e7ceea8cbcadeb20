package io.roomcast.examples.springboot;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends announcements to conversations from a web endpoint of the application.
 *
 * <p>The JSON is written by the application's Jackson, like that of its other endpoints. The chat has a separate codec
 * and does not configure this one.
 */
@RestController
final class AnnouncementController {
    private final ChatLifecycle lifecycle;

    AnnouncementController(ChatLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** Sends a message to the conversation and answers once it is stored. */
    @PostMapping("/conversations/{conversationId}/announcements")
    CompletableFuture<Announced> announce(@PathVariable String conversationId, @RequestBody Announcement wanted) {
        return lifecycle
                .chat()
                .send(conversationId, NewMessage.system(wanted.text()))
                .thenApply(Announced::of);
    }

    @ExceptionHandler
    ProblemDetail refused(ChatException refusal) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatusCode.valueOf(refusal.code().httpStatus()), refusal.text());
    }

    /** The request. */
    record Announcement(String text) {
        Announcement {
            requireNonNull(text, "text");
        }
    }

    /** The stored announcement and its sequence number in the conversation. */
    record Announced(String messageId, long seq, Instant createdAt) {
        static Announced of(Message message) {
            return new Announced(message.id(), message.seq(), message.createdAt());
        }
    }
}
