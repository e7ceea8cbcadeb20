package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two kinds of notifications: to be sent, and shown by the device. */
class PendingPushTest {
    private static final Instant SENT_AT = Instant.parse("2026-01-01T12:00:00Z");

    private final PendingPush push = new PendingPush("phone", "apns", "bob", "c", 5, SENT_AT, 0, SENT_AT);

    @ParameterizedTest
    @ValueSource(longs = {0, 86_399_999, 86_400_000, 86_400_001, 900_000_000})
    void notification_that_is_due_at_any_time_is_not_one_that_the_device_shows(long millis) {
        Instant at = SENT_AT.plus(Duration.ofMillis(millis));
        PendingPush due = push.due(at);
        assertThat(due.isShown()).isFalse();
        assertThat(due.dueAt())
                .isEqualTo(millis < 86_400_000 ? at : push.expiresAt().minusMillis(1));
        assertThat(due.shown().isShown()).isTrue();
        assertThat(due.shown().due(at).isShown()).isFalse();
        assertThat(due.shown().upTo(9).isShown()).isTrue();
    }
}
