package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.guard.LogLines;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class ConnectionLogTest {
    private final JedisConnectionException failure = new JedisConnectionException(new SocketTimeoutException("secret"));
    private long nanos;
    private final ConnectionLog log = new ConnectionLog("redis://r:6379", () -> nanos);

    private List<String> lines(Runnable steps) {
        try (LogLines captured = LogLines.capture()) {
            steps.run();
            return captured.of(RedisBus.class);
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void loss_and_return_are_one_line_each() {
        assertThat(lines(() -> {
                    log.connected();
                    for (int attempt = 0; attempt < 100; attempt++) {
                        log.lost(failure);
                        pass(Duration.ofSeconds(2));
                    }
                    log.connected();
                    log.connected();
                }))
                .satisfiesExactly(
                        lost -> assertThat(lost).contains("WARN", "cannot be reached (SocketTimeoutException)"),
                        back -> assertThat(back).contains("INFO", "is connected"));
    }

    @Test
    void connection_that_flaps_is_logged_once_a_minute() {
        assertThat(lines(() -> {
                    for (int second = 0; second < 150; second++) {
                        log.lost(failure);
                        log.connected();
                        pass(Duration.ofSeconds(1));
                    }
                }))
                .hasSize(6);
    }

    @Test
    void second_loss_that_lasts_is_logged_after_the_minute() {
        lines(() -> {
            log.lost(failure);
            log.connected();
        });
        pass(Duration.ofSeconds(30));
        assertThat(lines(() -> log.lost(failure))).isEmpty();
        pass(Duration.ofSeconds(30));
        assertThat(lines(() -> log.lost(failure))).singleElement().asString().contains("cannot be reached");
    }

    @Test
    void refused_commands_are_logged_once_a_minute() {
        assertThat(lines(() -> {
                    for (int second = 0; second < 90; second++) {
                        log.refused(new JedisDataException("NOPERM this user has no permissions"));
                        pass(Duration.ofSeconds(1));
                    }
                }))
                .hasSize(2);
    }

    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of(new JedisDataException("WRONGPASS invalid secret"), "WRONGPASS"),
                Arguments.of(new JedisDataException("secret text"), "JedisDataException"),
                Arguments.of(new JedisConnectionException(new JedisDataException("NOAUTH secret")), "NOAUTH"),
                Arguments.of(new JedisConnectionException("secret"), "JedisConnectionException"),
                Arguments.of(
                        new JedisConnectionException(new SocketTimeoutException("secret")), "SocketTimeoutException"),
                Arguments.of(new IllegalStateException(), "IllegalStateException"));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void reason_contains_nothing_of_a_text(Throwable failure, String reason) {
        assertThat(ConnectionLog.reason(failure)).isEqualTo(reason);
    }
}
