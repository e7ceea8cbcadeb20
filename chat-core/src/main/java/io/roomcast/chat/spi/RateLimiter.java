package io.roomcast.chat.spi;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import java.time.Duration;
import java.util.List;

/**
 * Decides whether a caller may send another command now.
 *
 * <p>Called for each command before it is queued, on the thread that received the command, so it must not block. If it
 * throws or returns null, the command is refused with {@link io.roomcast.chat.model.ErrorCode#INTERNAL_ERROR}. A wait
 * of more than a day counts as one day.
 */
@FunctionalInterface
public interface RateLimiter {
    /**
     * Takes one permit, if there is one. A limiter may take as many as the command {@linkplain Command#weight weighs}
     * instead, which reflects its cost to others.
     *
     * @param caller the user who sent the command, or the session's id if the session is anonymous
     * @param command the command
     * @return zero if the command is permitted, else how long to wait before another try
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

    /** Returns the rates to send to clients, so that they can keep to them. Empty by default. */
    default List<Rate> rates() {
        return List.of();
    }

    /** The limiter that fits the given limits; called when the chat is built. Returns this limiter unless overridden. */
    default RateLimiter within(Limits limits) {
        return this;
    }

    /**
     * A bucket of tokens for each caller and kind of command, with these permits:
     *
     * <table>
     * <caption>Rates</caption>
     * <tr><th>name</th><th>commands</th><th>a second</th><th>at once</th></tr>
     * <tr><td>sendMessage</td><td>messages</td><td>5</td><td>20</td></tr>
     * <tr><td>typing</td><td>typing and viewing</td><td>2</td><td>5</td></tr>
     * <tr><td>receipts</td><td>markDelivered and markRead</td><td>3</td><td>10</td></tr>
     * <tr><td>joins</td><td>each room joined, alone or with others</td><td>20</td><td>200</td></tr>
     * <tr><td>leaves</td><td>leaveRoom</td><td>20</td><td>200</td></tr>
     * <tr><td>reads</td><td>getMessages, syncRoom and getReceipts</td><td>20</td><td>200</td></tr>
     * <tr><td>others</td><td>everything else</td><td>20</td><td>40</td></tr>
     * <tr><td>newMembers</td><td>each user made a member, in whatever number of conversations</td><td>50</td><td>1,000</td></tr>
     * <tr><td>deliveredMarks</td><td>each conversation marked by markDelivered</td><td>50</td><td>200</td></tr>
     * </table>
     *
     * <p>The last two are taken on top. What is more than a whole bucket takes a full one.
     *
     * <p>Where a session may be in more than 200 rooms, that many may be joined, left and read at once. The numbers cannot
     * be set; a host that wants others brings a limiter of its own.
     */
    static RateLimiter tokenBuckets() {
        return new TokenBuckets(System::nanoTime);
    }
}
