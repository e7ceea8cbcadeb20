package io.roomcast.chat.model;

/** One of a user's preferences in a conversation. */
public enum Preference {
    /** {@link Preferences#notifyLevel()}. */
    NOTIFY,
    /** {@link Preferences#mutedUntil()}. */
    MUTED_UNTIL,
    /** {@link Preferences#archived()}. */
    ARCHIVED,
    /** {@link Preferences#favorite()}. */
    FAVORITE,
    /** {@link Preferences#unreadFrom()}. */
    UNREAD_FROM,
    /** {@link Preferences#draft()}. */
    DRAFT
}
