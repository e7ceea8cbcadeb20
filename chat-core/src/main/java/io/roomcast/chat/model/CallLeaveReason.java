package io.roomcast.chat.model;

import java.util.Locale;

/** Why a participant left a call. */
public enum CallLeaveReason {
    /** The participant ended its part. */
    LEFT,
    /** The connection was lost for too long. */
    LOST,
    /** The page was loaded again, and a new participant has taken over. */
    REPLACED,
    /** The user may no longer take part: removed, revoked, or without a valid token. */
    REMOVED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the reason as clients see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }
}
