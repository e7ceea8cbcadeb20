package io.roomcast.examples.springboot;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Reports the chat in {@code /actuator/health}: up if the chat runs and its store responds. Blocks at most about as long
 * as the limit of a command.
 */
@Component
final class ChatHealthIndicator extends AbstractHealthIndicator {
    private final ChatLifecycle lifecycle;

    ChatHealthIndicator(ChatLifecycle lifecycle) {
        super("the chat cannot serve");
        this.lifecycle = lifecycle;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Answer answer = new Answer(new CompletableFuture<>());
        lifecycle.chat().probe(answer);
        answer.outcome.join();
        health.up();
    }

    private record Answer(CompletableFuture<Boolean> outcome) implements Reply<Boolean> {
        @Override
        public void succeeded(Boolean ready) {
            outcome.complete(ready);
        }

        @Override
        public void failed(ChatException refusal) {
            outcome.completeExceptionally(refusal);
        }
    }
}
