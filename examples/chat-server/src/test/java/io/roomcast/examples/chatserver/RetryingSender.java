package io.roomcast.examples.chatserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends one message after another, and repeats each under the same idempotency key until it is acknowledged.
 *
 * <p>Confined to the clients' thread. A channel may call its listener on any thread.
 */
final class RetryingSender {
    /** A way to send messages to the server. */
    interface Channel extends AutoCloseable {
        /** Sends a message and passes its result to the listener, possibly much later. Never blocks. */
        void send(ObjectNode message, Listener listener);

        @Override
        void close();
    }

    /** Receives the result of one attempt. */
    interface Listener {
        /** Called with the server's reply. */
        void answered(JsonNode answer);

        /** Called if there will be no reply. */
        void lost();
    }

    private static final long INTERVAL_MILLIS = 100;
    private static final long REPLY_TIMEOUT_MILLIS = 3_000;
    private static final long RETRY_DELAY_MILLIS = 40;

    private final String conversationId;
    private final String userId;
    private final Channel channel;
    private final Ledger ledger;
    private final ScheduledExecutorService thread;
    private int count;
    private int attempts;
    private boolean waiting;
    private boolean stopped;
    private long startNanos;

    RetryingSender(
            String conversationId, String userId, Channel channel, Ledger ledger, ScheduledExecutorService thread) {
        this.conversationId = conversationId;
        this.userId = userId;
        this.channel = channel;
        this.ledger = ledger;
        this.thread = thread;
    }

    /** Sends the next message, at most ten per second. */
    void next() {
        if (!stopped) {
            count++;
            startNanos = System.nanoTime();
            attempt();
        }
    }

    private void attempt() {
        int number = ++attempts;
        waiting = true;
        channel.send(message(), new Listener() {
            @Override
            public void answered(JsonNode answer) {
                thread.execute(() -> RetryingSender.this.answered(number, answer));
            }

            @Override
            public void lost() {
                thread.execute(() -> retry(number));
            }
        });
        thread.schedule(() -> retry(number), REPLY_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
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
                long left = INTERVAL_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
                thread.schedule(this::next, Math.max(0, left), TimeUnit.MILLISECONDS);
            }
        } else if (answer.path("retryable").asBoolean()) {
            thread.schedule(() -> retry(number), RETRY_DELAY_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            ledger.addViolation("a message was refused permanently: " + answer);
        }
    }

    /** Returns whether the reply is for the current message; a reply to an earlier attempt counts too. */
    private boolean isCurrent(JsonNode answer) {
        return waiting
                && answer.path("message").path("clientMessageId").asText().equals(key());
    }

    private void retry(int number) {
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

    /** Returns the number of attempts that were not the first for their message. */
    int retries() {
        return attempts - count;
    }

    void close() {
        channel.close();
    }
}
