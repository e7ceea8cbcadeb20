package io.roomcast.chat.spi;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import java.time.Duration;
import java.util.List;

/**
 * Decides whether a caller may execute another command now.
 *
 * <p>Called for each command before it is queued, on the thread that received the command, so it must not block. If it
 * throws or returns null, the command fails with {@link io.roomcast.chat.model.ErrorCode#INTERNAL_ERROR}. A wait of
 * more than a day counts as one day.
 */
@FunctionalInterface
public interface RateLimiter {
    /**
     * Takes a permit. A limiter may take as many as the command {@linkplain Command#weight weighs} instead, which
     * reflects its cost for others.
     *
     * @param caller the id of the user, or of the session if it is anonymous
     * @param command the command
     * @return zero if the command is permitted, else the time to wait before a retry
     */
    Duration acquire(String caller, Command<?> command);

    /**
     * Removes all data about a caller whose user is being erased. May block. This implementation does nothing.
     *
     * @param caller the id as in {@link #acquire}
     */
    default void forget(String caller) {}

    /** Returns a limiter that permits all commands. */
    static RateLimiter none() {
        return (caller, command) -> Duration.ZERO;
    }

    /** Returns the rates to send to clients, so that they can keep to them. Empty by default. */
    default List<Rate> rates() {
        return List.of();
    }

    /**
     * Returns the limiter to use with the given limits. Called when the chat is built. Returns this limiter unless
     * overridden.
     */
    default RateLimiter within(Limits limits) {
        return this;
    }

    /**
     * Returns a limiter with a token bucket for each caller and kind of command, with these rates:
     *
     * <table>
     * <caption>Rates</caption>
     * <tr><th>name</th><th>commands</th><th>per second</th><th>burst</th></tr>
     * <tr><td>sendMessage</td><td>messages</td><td>5</td><td>20</td></tr>
     * <tr><td>typing</td><td>typing and viewing</td><td>2</td><td>5</td></tr>
     * <tr><td>receipts</td><td>markDelivered and markRead</td><td>3</td><td>10</td></tr>
     * <tr><td>joins</td><td>each room joined, alone or with others</td><td>20</td><td>200</td></tr>
     * <tr><td>leaves</td><td>leaveRoom</td><td>20</td><td>200</td></tr>
     * <tr><td>reads</td><td>reads of one conversation, such as getMessages</td><td>20</td><td>200</td></tr>
     * <tr><td>sendEvent</td><td>sendEvent</td><td>10</td><td>20</td></tr>
     * <tr><td>setPreferences</td><td>setPreferences</td><td>5</td><td>20</td></tr>
     * <tr><td>signalCall</td><td>signalCall</td><td>30</td><td>70</td></tr>
     * <tr><td>updateCall</td><td>updateCall</td><td>5</td><td>10</td></tr>
     * <tr><td>others</td><td>all other commands</td><td>20</td><td>40</td></tr>
     * <tr><td>newMembers</td><td>each user made a member, in any number of conversations</td><td>50</td><td>1,000</td></tr>
     * <tr><td>deliveredMarks</td><td>each conversation marked by markDelivered</td><td>50</td><td>200</td></tr>
     * </table>
     *
     * <p>The last two are taken in addition. A command that costs more than a full bucket takes the full bucket.
     *
     * <p>If a session may be in more than 200 rooms, the bursts for joins, leaves and reads are raised to that number.
     * The rates cannot be configured; a host that needs others implements a limiter of its own.
     */
    static RateLimiter tokenBuckets() {
        return new TokenBuckets(System::nanoTime);
    }
}
