package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The hours of each day in which a device should not disturb its user. Immutable.
 *
 * @param from the local time at which they begin
 * @param to the local time at which they end; if it is not after {@code from}, they last until the next day
 * @param timeZone the time zone of the device
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId timeZone) {
    /** Rejects null. */
    public QuietHours {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(timeZone, "timeZone");
    }

    /** Returns whether a time is within these hours. If both times are the same, all day is. */
    public boolean contains(Instant time) {
        LocalTime local = requireNonNull(time, "time").atZone(timeZone).toLocalTime();
        boolean isAfterStart = !local.isBefore(from);
        boolean isBeforeEnd = local.isBefore(to);
        return from.isBefore(to) ? isAfterStart && isBeforeEnd : isAfterStart || isBeforeEnd;
    }
}
