package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How much of each conversation an in-memory store keeps. The oldest messages go first, and sequence numbers go on as if
 * they were there. Immutable.
 *
 * @param messages how many messages of a conversation are kept, at least 1
 * @param age how old a message gets, more than zero
 */
public record InMemoryLimits(int messages, Duration age) {
    /** No limit: memory grows with every message for as long as the process lives. */
    public static final InMemoryLimits NONE = new InMemoryLimits(Integer.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE));

    /** Checks that something is kept. */
    public InMemoryLimits {
        requireNonNull(age, "age");
        if (messages < 1) {
            throw new IllegalArgumentException("messages: " + messages + " (expected: >= 1)");
        }
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age: " + age + " (expected: more than zero)");
        }
    }

    /** The newest messages of each conversation, whatever their age. */
    public static InMemoryLimits ofMessages(int messages) {
        return new InMemoryLimits(messages, NONE.age());
    }

    /** The messages of some time, however many. */
    public static InMemoryLimits ofAge(Duration age) {
        return new InMemoryLimits(NONE.messages(), age);
    }
}
