package io.roomcast.chat.socketio.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.Follower;
import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.spi.ChatMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks when a webhook repeats an event, and when it is paused. */
@Timeout(60)
class WebhookRetryTest extends WebhookCase {
    @Test
    void failed_event_is_repeated_with_the_same_id_before_the_next_while_other_conversations_go_on() {
        List<Instant> attempts = new CopyOnWriteArrayList<>();
        receiver.answer = (exchange, call) -> {
            boolean fails = call.id().equals("bad:1") && attempts.size() < 3;
            if (call.id().equals("bad:1")) {
                attempts.add(time.clock().instant());
            }
            Receiver.status(exchange, fails ? 500 : 200);
        };
        follow(webhook());
        send("bad", "1");
        awaitCalls(1);
        await().until(() -> attempts.size() == 1);
        send("bad", "2");
        send("good", "1");
        // Slowly, so that the first retry is not due before a busy machine has made the call.
        passTimeUntil(Duration.ofMillis(1), () -> receiver.calls.size() >= 2);
        assertThat(receiver.ids()).containsExactly("bad:1", "good:1");
        for (int retry = 1; retry <= 3; retry++) {
            advanceToRetry("bad");
            awaitCalls(2 + retry);
        }
        awaitCalls(6);
        assertThat(receiver.ids()).containsExactly("bad:1", "good:1", "bad:1", "bad:1", "bad:1", "bad:2");
        assertThat(Duration.between(attempts.get(0), attempts.get(1))).isGreaterThan(secs(4));
        assertThat(Duration.between(attempts.get(1), attempts.get(2))).isGreaterThan(secs(53));
        assertThat(Duration.between(attempts.get(2), attempts.get(3))).isGreaterThan(secs(269));
    }

    private static Duration secs(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void delays_are_those_of_the_specification_with_jitter_and_end() {
        Webhook webhook = webhook().build();
        List<Duration> delays = IntStream.rangeClosed(1, 7)
                .mapToObj(attempt ->
                        webhook.retryAfter(new IllegalStateException(), attempt).orElseThrow())
                .toList();
        List<Duration> expected = List.of(
                secs(5),
                secs(60),
                secs(300),
                secs(1_800),
                Duration.ofHours(2),
                Duration.ofHours(5),
                Duration.ofHours(10));
        for (int i = 0; i < expected.size(); i++) {
            Duration tenth = expected.get(i).dividedBy(10);
            assertThat(delays.get(i))
                    .isBetween(expected.get(i).minus(tenth), expected.get(i).plus(tenth));
        }
        assertThat(webhook.retryAfter(new IllegalStateException(), 8)).isEmpty();
    }

    @Test
    void receiver_that_is_gone_pauses_the_webhook_and_resuming_goes_on() {
        receiver.answer = (exchange, call) -> Receiver.status(exchange, 410);
        Follower follower = follow(webhook());
        try (LogLines log = LogLines.capture()) {
            send("room", "1");
            passTimeUntil(Duration.ofMillis(20), follower::isPaused);
            assertThat(log.text())
                    .contains("the webhook at 127.0.0.1 answered 410 and is paused", "the follower crm is paused");
        }
        send("room", "2");
        time.advance(Duration.ofDays(2));
        assertThat(receiver.ids()).containsExactly("room:1");
        receiver.answer = (exchange, call) -> Receiver.status(exchange, 200);
        follower.resume();
        awaitCalls(3);
        assertThat(receiver.ids()).containsExactly("room:1", "room:1", "room:2");
    }

    @Test
    void calls_are_counted_by_their_outcome() {
        List<Integer> statuses = List.of(500, 200, 410);
        List<String> outcomes = new CopyOnWriteArrayList<>();
        receiver.answer = (exchange, call) -> Receiver.status(exchange, statuses.get(receiver.calls.size() - 1));
        ChatMetrics metrics = new ChatMetrics() {
            @Override
            public void onWebhook(String outcome) {
                outcomes.add(outcome);
                throw new IllegalStateException("metrics must not fail a webhook");
            }
        };
        Follower follower = follow(webhook().metrics(metrics));
        send("room", "1");
        awaitCalls(1);
        advanceToRetry("room");
        awaitCalls(2);
        send("room", "2");
        passTimeUntil(Duration.ofMillis(20), follower::isPaused);
        assertThat(outcomes).containsExactly("refused", "accepted", "refused", "paused");
    }

    @Test
    void silence_is_counted() {
        List<String> outcomes = new CopyOnWriteArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        receiver.answer = (exchange, call) -> end.await();
        follow(webhook().limit(Duration.ofMillis(300)).metrics(new ChatMetrics() {
            @Override
            public void onWebhook(String outcome) {
                outcomes.add(outcome);
            }
        }));
        send("room", "1");
        passTimeUntil(Duration.ofMillis(20), () -> !outcomes.isEmpty());
        end.countDown();
        assertThat(outcomes).startsWith("unanswered");
    }

    @Test
    void receiver_may_say_when_to_repeat_as_a_date() {
        List<Instant> attempts = new CopyOnWriteArrayList<>();
        receiver.answer = (exchange, call) -> {
            attempts.add(time.clock().instant());
            exchange.getResponseHeaders().set("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT");
            Receiver.status(exchange, receiver.calls.size() == 1 ? 503 : 200);
        };
        follow(webhook());
        send("room", "1");
        awaitCalls(1);
        advanceToRetry("room");
        assertThat(Duration.between(attempts.get(0), time.clock().instant()))
                .isBetween(Duration.ofHours(10), Duration.ofHours(10).plus(secs(5)));
        awaitCalls(2);
    }

    /** Otherwise a receiver that is down for a few seconds, and says that it soon returns, would use up all attempts. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "Thu, 1 Jan 1970 00:00:00 GMT", "soon", "-1", ""})
    void receiver_cannot_shorten_the_delays(String retryAfter) {
        receiver.answer = (exchange, call) -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            Receiver.status(exchange, 503);
        };
        follow(webhook());
        send("room", "1");
        awaitCalls(1);
        Instant before = time.clock().instant();
        advanceToRetry("room");
        awaitCalls(2);
        advanceToRetry("room");
        assertThat(Duration.between(before, time.clock().instant())).isGreaterThan(secs(58));
    }

    @Test
    void receiver_says_when_to_repeat() {
        List<Instant> attempts = new CopyOnWriteArrayList<>();
        receiver.answer = (exchange, call) -> {
            attempts.add(time.clock().instant());
            exchange.getResponseHeaders().set("Retry-After", "3600");
            Receiver.status(exchange, attempts.size() == 1 ? 429 : 200);
        };
        follow(webhook());
        send("room", "1");
        awaitCalls(1);
        advanceToRetry("room");
        awaitCalls(2);
        assertThat(Duration.between(attempts.get(0), attempts.get(1))).isGreaterThanOrEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect", "hangs", "closes"})
    void event_is_not_accepted(String kind) {
        CountDownLatch end = new CountDownLatch(1);
        receiver.answer = (exchange, call) -> {
            if (receiver.calls.size() > 1) {
                Receiver.status(exchange, 200);
            } else if (kind.equals("redirect")) {
                exchange.getResponseHeaders()
                        .set("Location", receiver.uri().resolve("/other").toString());
                Receiver.status(exchange, 307);
            } else if (kind.equals("hangs")) {
                end.await();
            }
        };
        follow(webhook().limit(Duration.ofMillis(300)));
        send("room", "1");
        awaitCalls(1);
        passTimeUntil(secs(1), () -> receiver.calls.size() >= 2);
        end.countDown();
        assertThat(receiver.ids().stream().distinct()).containsExactly("room:1");
    }

    @Test
    void body_of_the_response_is_not_read_to_its_end() {
        receiver.answer = (exchange, call) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[8_192];
            try (var out = exchange.getResponseBody()) {
                for (int i = 0; i < 100_000; i++) {
                    out.write(part);
                }
            }
        };
        follow(webhook());
        send("room", "1");
        send("room", "2");
        awaitCalls(2);
        assertThat(receiver.ids()).containsExactly("room:1", "room:2");
    }
}
