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
 * A web endpoint of the application's own that speaks in conversations. Its JSON is the application's Jackson, as
 * everywhere in its web; the chat's wire has a codec of its own and does not meddle with it.
 */
@RestController
final class AnnouncementController {
    private final ChatLifecycle lifecycle;

    AnnouncementController(ChatLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** Answers once the announcement is stored; everybody in the conversation hears it. */
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

    /** What to announce. */
    record Announcement(String text) {
        Announcement {
            requireNonNull(text, "text");
        }
    }

    /** An announcement's place in its conversation. */
    record Announced(String messageId, long seq, Instant createdAt) {
        static Announced of(Message message) {
            return new Announced(message.id(), message.seq(), message.createdAt());
        }
    }
}
