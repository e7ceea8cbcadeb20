package io.roomcast.examples.springboot;

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
        lifecycle.chat().ping().join();
        health.up();
    }
}
