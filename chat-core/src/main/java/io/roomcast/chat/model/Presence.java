package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user is here. Immutable.
 *
 * @param userId the user
 * @param status whether
 * @param lastSeenAt when the user was here last, in whole milliseconds; null while they are, or if it is not known
 */
public record Presence(
        String userId, Status status, @Nullable Instant lastSeenAt) {
    /** Whether somebody is here. */
    public enum Status {
        /** A device of the user's is connected. */
        ONLINE,
        /** Connected, and away from the keyboard on all devices. */
        AWAY,
        /** No device is connected. */
        OFFLINE;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** The status as clients see it: the constant's name in lower case. */
        public String wireName() {
            return wireName;
        }
    }

    /** Checks that it is known who, and whether. */
    public Presence {
        requireNonNull(userId, "userId");
        requireNonNull(status, "status");
    }
}
