package io.roomcast.chat.socketio.internal.outgoing;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The response of another server. Immutable.
 *
 * @param status the status code
 * @param retryAfter the time after which the server accepts another request, at most {@link #MAX_RETRY_AFTER}; null if it
 *     did not say
 */
public record HttpAnswer(int status, @Nullable Duration retryAfter) {
    /** The longest time that a server can ask for. */
    public static final Duration MAX_RETRY_AFTER = Duration.ofHours(10);

    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    static HttpAnswer of(int status, HttpHeaders headers) {
        return new HttpAnswer(
                status, headers.firstValue("Retry-After").map(HttpAnswer::parse).orElse(null));
    }

    private static @Nullable Duration parse(String value) {
        if (SECONDS.matcher(value).matches()) {
            return bounded(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return bounded(Duration.between(Instant.now(), date));
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    private static Duration bounded(Duration wanted) {
        Duration atLeastZero = wanted.isNegative() ? Duration.ZERO : wanted;
        return atLeastZero.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : atLeastZero;
    }

    /** Returns whether the server has accepted the request: a status of 200 to 299. */
    public boolean isAccepted() {
        return status >= OK && status < REDIRECTS;
    }
}
