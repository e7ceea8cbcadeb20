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
 * A web endpoint of the application that sends messages to conversations. It uses the application's Jackson; the chat has a
 * separate JSON codec and does not change that configuration.
 */
@RestController
final class AnnouncementController {
    private final ChatLifecycle lifecycle;

    AnnouncementController(ChatLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** Sends an announcement to a conversation. Responds once the message is stored. */
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

    /** The body of a request. */
    record Announcement(String text) {
        Announcement {
            requireNonNull(text, "text");
        }
    }

    /** The body of a response: the sent message. */
    record Announced(String messageId, long seq, Instant createdAt) {
        static Announced of(Message message) {
            return new Announced(message.id(), message.seq(), message.createdAt());
        }
    }
}
