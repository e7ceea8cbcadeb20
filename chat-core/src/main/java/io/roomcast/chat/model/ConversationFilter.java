package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of a user's conversations a list has. */
public enum ConversationFilter {
    /** Those that the user has not archived. */
    ACTIVE,
    /** Those that the user has archived. */
    ARCHIVED,
    /** Those with unread messages. */
    UNREAD,
    /** The user's favorites. */
    FAVORITES;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the filter as clients see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** Returns the filter with the given {@link #wireName}, or empty if there is none. */
    public static Optional<ConversationFilter> ofWireName(String name) {
        requireNonNull(name, "name");
        return Stream.of(values())
                .filter(filter -> filter.wireName.equals(name))
                .findFirst();
    }
}
