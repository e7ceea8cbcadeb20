package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The presence of a user. Immutable.
 *
 * @param userId the user's id
 * @param status whether the user is online, away or offline
 * @param lastSeenAt when the user was last online, in whole milliseconds; null if the user is online or the time is
 *     unknown
 */
public record Presence(
        String userId, Status status, @Nullable Instant lastSeenAt) {
    /** Whether a user is online, away or offline. */
    public enum Status {
        /** At least one session of the user is open. */
        ONLINE,
        /** Sessions are open, but all of them have reported the user as away. */
        AWAY,
        /** No session of the user is open. */
        OFFLINE;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** Returns the status as clients see it: the constant's name in lower case. */
        public String wireName() {
            return wireName;
        }
    }

    /** Rejects null for required components. */
    public Presence {
        requireNonNull(userId, "userId");
        requireNonNull(status, "status");
    }
}
