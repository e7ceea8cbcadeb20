package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * A rate limit for one kind of command. Immutable.
 *
 * @param name the kind, such as {@code sendMessage}
 * @param perSecond the permits per second in the long run, at least 1
 * @param burst the permits that can be used at one time after a pause, at least 1
 */
public record Rate(String name, int perSecond, int burst) {
    /** Rejects numbers below 1. */
    public Rate {
        requireNonNull(name, "name");
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "rate " + name + ": " + perSecond + " per second, burst " + burst + " (expected: >= 1 each)");
        }
    }
}
