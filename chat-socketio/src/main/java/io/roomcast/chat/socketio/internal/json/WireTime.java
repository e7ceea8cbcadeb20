package io.roomcast.chat.socketio.internal.json;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Formats times and durations for clients. Replaces a value out of range by the nearest one in range.
 *
 * <p>Every message has a time, and a {@code DateTimeFormatter} takes several times as long.
 */
public final class WireTime {
    private static final byte[] PATTERN = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);

    private static final Instant MIN = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private WireTime() {}

    /** Returns the time as ISO 8601 in UTC with milliseconds, between the years 0 and 9999. */
    public static String text(Instant time) {
        Instant atMost = time.isAfter(MAX) ? MAX : time;
        LocalDateTime utc = LocalDateTime.ofInstant(atMost.isBefore(MIN) ? MIN : atMost, ZoneOffset.UTC);
        byte[] text = PATTERN.clone();
        write(text, 3, utc.getYear());
        write(text, 6, utc.getMonthValue());
        write(text, 9, utc.getDayOfMonth());
        write(text, 12, utc.getHour());
        write(text, 15, utc.getMinute());
        write(text, 18, utc.getSecond());
        write(text, 22, utc.getNano() / NANOS_PER_MILLI);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** Returns the time that a client sends, in whole milliseconds. Empty if it is not in ISO 8601 or out of range. */
    public static Optional<Instant> parse(String text) {
        try {
            Instant time = Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
            return Optional.of(time).filter(parsed -> !parsed.isBefore(MIN) && !parsed.isAfter(MAX));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** Replaces the zeros at the given index and before it by the digits of the number. */
    private static void write(byte[] text, int lastDigit, int number) {
        for (int rest = number, at = lastDigit; rest > 0; rest /= 10, at--) {
            text[at] = (byte) ('0' + rest % 10);
        }
    }

    /** Returns the duration in milliseconds, between 0 and the largest exact integer of JavaScript. */
    public static long millis(Duration duration) {
        return Math.min(Math.max(0, TimeUnit.MILLISECONDS.convert(duration)), MAX_SAFE_INTEGER);
    }
}
