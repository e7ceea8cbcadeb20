package io.roomcast.chat.socketio.internal.json;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Formats times and durations for clients. Replaces a value out of range by the nearest one in range. */
public final class WireTime {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant MIN = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private WireTime() {}

    /** Returns the time as ISO 8601 in UTC with milliseconds, between the years 0 and 9999. */
    public static String text(Instant time) {
        Instant atMost = time.isAfter(MAX) ? MAX : time;
        return FORMAT.format(atMost.isBefore(MIN) ? MIN : atMost);
    }

    /** Returns the duration in milliseconds, between 0 and the largest exact integer of JavaScript. */
    public static long millis(Duration duration) {
        return Math.min(Math.max(0, TimeUnit.MILLISECONDS.convert(duration)), MAX_SAFE_INTEGER);
    }
}
