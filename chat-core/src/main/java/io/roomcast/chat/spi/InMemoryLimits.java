package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Limits the messages that an in-memory store keeps of each conversation. The oldest messages are removed first.
 * Sequence numbers continue as if they still existed. Immutable.
 *
 * @param messages the maximum number of messages of a conversation, at least 1
 * @param age the maximum age of a message, more than zero
 */
public record InMemoryLimits(int messages, Duration age) {
    /** No limit: memory grows with every message until the process ends. */
    public static final InMemoryLimits NONE = new InMemoryLimits(Integer.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE));

    /** Rejects limits that would keep no message. */
    public InMemoryLimits {
        requireNonNull(age, "age");
        if (messages < 1) {
            throw new IllegalArgumentException("messages: " + messages + " (expected: >= 1)");
        }
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age: " + age + " (expected: more than zero)");
        }
    }

    /** Returns a limit to the number of messages, with no limit to their age. */
    public static InMemoryLimits ofMessages(int messages) {
        return new InMemoryLimits(messages, NONE.age());
    }

    /** Returns a limit to the age of messages, with no limit to their number. */
    public static InMemoryLimits ofAge(Duration age) {
        return new InMemoryLimits(NONE.messages(), age);
    }
}
