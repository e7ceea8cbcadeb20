package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Notifies a session that the server has ended it. It is the last event of the session.
 *
 * @param reason why the server ended the session
 */
public record SessionRevoked(Reason reason) implements ChatEvent {
    /** Why the server ended a session. The names on the wire are stable. */
    public enum Reason {
        /** The token expired, and the client did not refresh it in time. The client may reconnect with a new token. */
        TOKEN_EXPIRED(true),
        /** The host revoked the user. */
        REVOKED(false),
        /** The client kept sending commands after the rate limiter had refused many. */
        ABUSE(false),
        /** The user exceeded the session limit, and this session was idle for the longest time. */
        TOO_MANY_SESSIONS(false);

        private final boolean reconnect;
        private final String wireName = name().toLowerCase(Locale.ROOT);

        Reason(boolean reconnect) {
            this.reconnect = reconnect;
        }

        /** Returns the reason as clients receive it: the constant's name in lower case. */
        public String wireName() {
            return wireName;
        }
    }

    /** Rejects null. */
    public SessionRevoked {
        requireNonNull(reason, "reason");
    }

    /** Returns whether the client should reconnect immediately. */
    public boolean reconnect() {
        return reason.reconnect;
    }

    @Override
    public Delivery delivery() {
        return Delivery.REQUIRED;
    }
}
