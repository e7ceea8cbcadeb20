package io.roomcast.chat.socketio.webhook;

import io.roomcast.chat.spi.ChatMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts calls by their outcome. What the metrics throw is logged and has no other effect. Safe for use by any thread. */
final class WebhookMeter {
    private static final Logger log = LoggerFactory.getLogger(Webhook.class);

    private final ChatMetrics metrics;

    WebhookMeter(ChatMetrics metrics) {
        this.metrics = metrics;
    }

    void accepted() {
        count("accepted");
    }

    void failed(WebhookFailure failure) {
        count(failure.isAnswered() ? "refused" : "unanswered");
    }

    void paused() {
        count("paused");
    }

    private void count(String outcome) {
        try {
            metrics.onWebhook(outcome);
        } catch (RuntimeException fault) {
            log.warn("metrics failed with {}", fault.getClass().getName());
        }
    }
}
