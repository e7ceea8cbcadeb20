package io.roomcast.examples.chatserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who writes one message after another, and each of them again under its key until it is acknowledged.
 *
 * <p>Confined to the crowd's thread; a line's answers may come on any.
 */
final class RetryingSender {
    /** How messages get to the server. */
    interface Line extends AutoCloseable {
        /** Sends a message; whatever is told of it, now or ever, goes to the listener. Never blocks. */
        void send(ObjectNode message, Listener listener);

        @Override
        void close();
    }

    /** Hears what became of one try. */
    interface Listener {
        /** The server answered. */
        void answered(JsonNode answer);

        /** No answer will come. */
        void lost();
    }

    private static final long PACE_MILLIS = 100;
    private static final long OVERDUE_MILLIS = 3_000;
    private static final long AGAIN_MILLIS = 40;

    private final String conversationId;
    private final String userId;
    private final Line line;
    private final Ledger ledger;
    private final ScheduledExecutorService thread;
    private int count;
    private int attempts;
    private boolean waiting;
    private boolean stopped;
    private long begun;

    RetryingSender(String conversationId, String userId, Line line, Ledger ledger, ScheduledExecutorService thread) {
        this.conversationId = conversationId;
        this.userId = userId;
        this.line = line;
        this.ledger = ledger;
        this.thread = thread;
    }

    /** Sends the next message, ten a second at most. */
    void next() {
        if (!stopped) {
            count++;
            begun = System.nanoTime();
            attempt();
        }
    }

    private void attempt() {
        int number = ++attempts;
        waiting = true;
        line.send(message(), new Listener() {
            @Override
            public void answered(JsonNode answer) {
                thread.execute(() -> RetryingSender.this.answered(number, answer));
            }

            @Override
            public void lost() {
                thread.execute(() -> again(number));
            }
        });
        thread.schedule(() -> again(number), OVERDUE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private ObjectNode message() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("conversationId", conversationId)
                .put("senderId", userId)
                .put("content", "message " + count + " of " + userId)
                .put("clientMessageId", key());
    }

    private String key() {
        return userId + "-" + count;
    }

    private void answered(int number, JsonNode answer) {
        if (answer.path("success").asBoolean()) {
            ledger.acknowledged(answer);
            if (isCurrent(answer)) {
                waiting = false;
                long left = PACE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                thread.schedule(this::next, Math.max(0, left), TimeUnit.MILLISECONDS);
            }
        } else if (answer.path("retryable").asBoolean()) {
            thread.schedule(() -> again(number), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            ledger.complain("a message was refused for good: " + answer);
        }
    }

    /** An answer to an earlier try counts as well. */
    private boolean isCurrent(JsonNode answer) {
        return waiting
                && answer.path("message").path("clientMessageId").asText().equals(key());
    }

    private void again(int number) {
        if (waiting && number == attempts) {
            attempt();
        }
    }

    void stop() {
        stopped = true;
    }

    boolean isWaiting() {
        return waiting;
    }

    /** How many tries were not the first for their message. */
    int retries() {
        return attempts - count;
    }

    void close() {
        line.close();
    }
}
