package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * A push notification that is to be sent, or that the device shows: of each kind the newest one of a device in a
 * conversation. Immutable.
 *
 * @param deviceId the device
 * @param platform the platform of the device. A server without a notifier for it leaves the notification to others
 * @param userId the user of the device
 * @param conversationId the conversation
 * @param seq the sequence number of the newest message to notify of
 * @param sentAt when this message was stored, in whole milliseconds
 * @param attempts how often the push service could not accept it, at least 0
 * @param dueAt the time from which any server may send it, in whole milliseconds: the end of the lease of the server that
 *     does so now, or the time of the next attempt
 */
public record PendingPush(
        String deviceId,
        String platform,
        String userId,
        String conversationId,
        long seq,
        Instant sentAt,
        int attempts,
        Instant dueAt) {
    /** The time after which a message is too old for a notification. */
    public static final Duration TIME_TO_LIVE = Duration.ofDays(1);

    /** Rejects null, and a negative number of attempts. */
    public PendingPush {
        requireNonNull(deviceId, "deviceId");
        requireNonNull(platform, "platform");
        requireNonNull(userId, "userId");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(sentAt, "sentAt");
        requireNonNull(dueAt, "dueAt");
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: >= 0)");
        }
    }

    /** Returns the time from which the notification is of no use. */
    public Instant expiresAt() {
        return sentAt.plus(TIME_TO_LIVE);
    }

    /**
     * Returns this notification as one that is to be sent, with another due time.
     *
     * @param at the time; the last millisecond before the notification expires if later
     */
    public PendingPush due(Instant at) {
        Instant last = expiresAt().minusMillis(1);
        return withDueAt(requireNonNull(at, "at").isAfter(last) ? last : at);
    }

    private PendingPush withDueAt(Instant at) {
        return new PendingPush(deviceId, platform, userId, conversationId, seq, sentAt, attempts, at);
    }

    /** Returns this notification of a newer message. */
    public PendingPush upTo(long newest) {
        return new PendingPush(deviceId, platform, userId, conversationId, newest, sentAt, attempts, dueAt);
    }

    /** Returns this notification after one more failed attempt. */
    public PendingPush failed() {
        return new PendingPush(deviceId, platform, userId, conversationId, seq, sentAt, attempts + 1, dueAt);
    }

    /**
     * Returns this notification as one that the device may show. It is due when it expires, so that no server sends it
     * again, and is kept until then to be removed from the device when the user has read the message elsewhere.
     */
    public PendingPush shown() {
        return withDueAt(expiresAt());
    }

    /** Returns whether the device may show this notification, so that it is not to be sent. */
    public boolean isShown() {
        return !dueAt.isBefore(expiresAt());
    }
}
