package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a push service to one notification. Immutable.
 *
 * @param outcome what the answer means
 * @param retryAfter for how long the service accepts no notifications for the device, or null if it has not stated it; at least zero
 * @param reason for the log; contains neither tokens nor keys nor texts of users; empty for none
 */
public record PushResult(Outcome outcome, @Nullable Duration retryAfter, String reason) {
    /** What an answer means. */
    public enum Outcome {
        /** The service has accepted the notification. */
        DELIVERED,
        /** The device no longer exists. */
        GONE,
        /** The service cannot accept the notification now. */
        LATER,
        /** The service does not accept this server for the device. */
        REFUSED,
        /** The service does not accept this notification. */
        INVALID
    }

    /** Rejects null for required components, and a negative time. */
    public PushResult {
        requireNonNull(outcome, "outcome");
        requireNonNull(reason, "reason");
        if (retryAfter != null && retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter: " + retryAfter + " (expected: zero or more)");
        }
    }

    /** Returns the answer of a service that has accepted the notification. */
    public static PushResult delivered() {
        return new PushResult(Outcome.DELIVERED, null, "");
    }

    /**
     * Returns the answer that the device no longer exists, such as 404 and 410 of Web Push. The chat removes it, unless it
     * was registered again meanwhile.
     */
    public static PushResult gone() {
        return new PushResult(Outcome.GONE, null, "");
    }

    /**
     * Returns the answer that the service cannot accept the notification now, without a time, such as 500. The chat sends
     * it again after a second, then with increasing delays of up to 15 minutes, until its {@linkplain
     * io.roomcast.chat.model.PushMessage#timeToLive time to live} ends. If three devices of the {@linkplain
     * PushNotifier#service service} fail in a row within a minute, all of its devices wait.
     */
    public static PushResult later() {
        return new PushResult(Outcome.LATER, null, "");
    }

    /**
     * Returns the answer that the service accepts no notifications for the device for a time, such as 429. All that are for
     * this device wait. If three devices of the {@linkplain PushNotifier#service service} fail in a row within a minute, all
     * of its devices wait.
     *
     * @param retryAfter the time, at least zero. A device waits an hour at most, a service 15 minutes
     * @throws IllegalArgumentException if the time is negative
     */
    public static PushResult later(Duration retryAfter) {
        return new PushResult(Outcome.LATER, requireNonNull(retryAfter, "retryAfter"), "");
    }

    /**
     * Returns the answer that the service does not accept this server's credentials for the device, such as 401 and 403.
     * The chat drops the notification and logs a warning. After three such answers in a row it removes the device.
     *
     * @param reason for the log
     */
    public static PushResult refused(String reason) {
        return new PushResult(Outcome.REFUSED, null, reason);
    }

    /**
     * Returns the answer that the service does not accept the notification, such as 400 and 413. The chat drops it and
     * logs the reason.
     *
     * @param reason for the log
     */
    public static PushResult invalid(String reason) {
        return new PushResult(Outcome.INVALID, null, reason);
    }
}
