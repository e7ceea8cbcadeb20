package io.roomcast.chat.spi;

import io.roomcast.chat.command.Command;
import java.time.Duration;

/**
 * Decides whether somebody may ask once more now.
 *
 * <p>Asked for each command before it waits for its turn, on the thread that brings the command, so it must not block. A
 * command is refused with {@link io.roomcast.chat.model.ErrorCode#INTERNAL_ERROR} where it throws or returns null. A wait of
 * more than a day counts as one day.
 */
@FunctionalInterface
public interface RateLimiter {
    /**
     * Takes one permit, if there is one. A limiter may take as many as the command {@linkplain Command#weight weighs}
     * instead, which tells what it costs others.
     *
     * @param caller the user who asks, or the id of a session whose user nobody vouches for
     * @param command what they ask
     * @return zero if they may, else how long to wait before another try
     */
    Duration acquire(String caller, Command<?> command);

    /**
     * Forgets a caller whose user is being erased; may block. This implementation does nothing.
     *
     * @param caller as in {@link #acquire}
     */
    default void forget(String caller) {}

    /** Lets everybody ask as often as they like. */
    static RateLimiter none() {
        return (caller, command) -> Duration.ZERO;
    }

    /**
     * A bucket of tokens for each caller and kind of command: 5 messages a second and 20 at once, 2 notices of typing or
     * looking a second and 5 at once, 3 receipts a second and 10 at once, 20 joins a second and 100 at once, and of everything else 20 a second and 40 at once.
     *
     * <p>On top of that a caller makes at most 50 users a second members, and 1,000 at once, in whatever number of
     * conversations, and marks at most 50 conversations a second as delivered, and 200 at once. What is more than a whole
     * bucket takes a full one.
     */
    static RateLimiter tokenBuckets() {
        return new TokenBuckets(System::nanoTime);
    }
}
