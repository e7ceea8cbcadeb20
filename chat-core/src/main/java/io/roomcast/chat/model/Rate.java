package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * How often a user may ask for one kind of thing. Immutable.
 *
 * @param name what is asked, such as {@code sendMessage}
 * @param perSecond how often in the long run, at least 1
 * @param burst how often at once after a rest, at least 1
 */
public record Rate(String name, int perSecond, int burst) {
    /** Checks the numbers. */
    public Rate {
        requireNonNull(name, "name");
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "rate " + name + ": " + perSecond + " a second, " + burst + " at once (expected: >= 1 each)");
        }
    }
}
