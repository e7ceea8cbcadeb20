package io.roomcast.chat.socketio.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTimeTest {
    @Test
    void times_beyond_all_dates_become_the_nearest_that_clients_read() {
        assertThat(WireTime.text(Instant.MAX)).isEqualTo("9999-12-31T23:59:59.999Z");
        assertThat(WireTime.text(Instant.MIN)).isEqualTo("0000-01-01T00:00:00.000Z");
        assertThat(WireTime.text(Instant.parse("+10000-01-01T00:00:00Z"))).isEqualTo("9999-12-31T23:59:59.999Z");
        assertThat(WireTime.text(Instant.parse("-0001-01-01T00:00:00Z"))).isEqualTo("0000-01-01T00:00:00.000Z");
        assertThat(WireTime.text(Instant.ofEpochMilli(7))).isEqualTo("1970-01-01T00:00:00.007Z");
    }

    @Test
    void times_areFormattedAsTheJdkFormatsThem() {
        DateTimeFormatter jdk = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
        Random random = new Random(1);
        long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        for (int i = 0; i < 20_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(first, last + 1), random.nextInt(1_000_000_000));
            assertThat(WireTime.text(time)).isEqualTo(jdk.format(time));
        }
    }

    @Test
    void durations_that_javascript_cannot_count_become_the_nearest_that_it_can() {
        assertThat(WireTime.millis(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                .isEqualTo((1L << 53) - 1);
        assertThat(WireTime.millis(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
        assertThat(WireTime.millis(Duration.ofNanos(999_999))).isZero();
        assertThat(WireTime.millis(Duration.ofMillis(1_500))).isEqualTo(1_500);
    }
}
