package io.roomcast.chat.spi;

import io.roomcast.chat.event.ChatEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Handles every message and the latest state of every message that changed, also of those that were stored while it was
 * not running. Messages that expired, were trimmed or were deleted with their conversation before they were handled are
 * missing. The follower is not called for these removals, nor when a user is erased: a follower that keeps copies has to
 * remove them by other means.
 *
 * <p>For each conversation the store keeps the position up to which the follower has handled all events. After a crash
 * the follower continues there, so each event is handled at least once. The events of a conversation are passed in their
 * order, and of all servers one at a time. Those of different conversations are handled at the same time. The follower
 * may be slower than the chat: it receives the events later, and the chat does not wait.
 *
 * <p>Use a {@link ChatListener} instead for what may be lost, such as statistics. It costs less, and it is also called for
 * receipts, members and conversations.
 */
@FunctionalInterface
public interface ChatFollower {
    /** The default of {@link #maxEvents}: {@value}. */
    int DEFAULT_MAX_EVENTS = 200;

    /** The first delay of {@link #retryAfter}, in seconds: {@value}. */
    int FIRST_RETRY_SECONDS = 1;

    /** The longest delay of {@link #retryAfter}, in seconds: {@value}. */
    int LAST_RETRY_SECONDS = 300;

    /**
     * Handles events of one conversation. If it throws, all of them are passed again later, with those that follow.
     *
     * <p>Called on threads that are kept for this follower, so it may block. A call that takes longer than a minute is
     * interrupted. When the chat closes, it waits for commands in progress, and interrupts calls that still run two seconds
     * later.
     *
     * @param conversationId the conversation
     * @param events at least one: {@link io.roomcast.chat.event.MessageSent} in the order of the sequence numbers, {@link
     *     io.roomcast.chat.event.MessageEdited} and {@link io.roomcast.chat.event.MessageDeleted} in the order of the
     *     versions. Every change but a deletion is a {@code MessageEdited}: also a reaction, a pin and an annotation. Each
     *     message is in its latest state, so several changes of one may be passed as one, and a new message may be a
     *     deleted one
     * @throws Exception if the events were not handled
     */
    void onEvents(String conversationId, List<ChatEvent> events) throws Exception;

    /**
     * Returns the most events that one call receives, at least 1. The position is stored after each call, at most once a
     * second. Default: {@value #DEFAULT_MAX_EVENTS}.
     */
    default int maxEvents() {
        return DEFAULT_MAX_EVENTS;
    }

    /**
     * Returns when to pass the events again after a failure. Other conversations do not wait for this. The default is a
     * second, which doubles with each attempt up to five minutes. If the method throws or returns null, the delay is five
     * minutes.
     *
     * @param failure what {@link #onEvents} threw
     * @param attempts how often it has failed in a row with these events, at least 1
     * @return the delay; empty to {@linkplain io.roomcast.chat.Follower#pause pause} the follower. A negative delay counts
     *     as none, and one of more than a year as a year
     */
    default Optional<Duration> retryAfter(Throwable failure, int attempts) {
        int doublings = Math.min(attempts - 1, Integer.SIZE - 2);
        return Optional.of(Duration.ofSeconds(Math.min(LAST_RETRY_SECONDS, (long) FIRST_RETRY_SECONDS << doublings)));
    }
}
