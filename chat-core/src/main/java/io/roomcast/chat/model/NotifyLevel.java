package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which messages of a conversation a user wishes to be notified of. */
public enum NotifyLevel {
    /** All messages. */
    ALL,
    /** Only messages that mention the user or all members. */
    MENTIONS,
    /** No messages. */
    NONE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the level as clients see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** Returns the level with the given {@link #wireName}, or empty if there is none. */
    public static Optional<NotifyLevel> ofWireName(String name) {
        requireNonNull(name, "name");
        return Stream.of(values()).filter(level -> level.wireName.equals(name)).findFirst();
    }
}
