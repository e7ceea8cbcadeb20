package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * States up to which position a follower has handled a conversation, and which server works on it. Immutable.
 *
 * @param follower the follower's name
 * @param conversationId the conversation; empty for the follower as a whole, whose position holds two times in
 *     milliseconds: {@code seq} until when all activity was compared, and {@code version} when the follower was created
 * @param position the follower has handled all events up to this position
 * @param attempts how often the follower failed to handle the events after this position, at least 0; for the follower as
 *     a whole, 1 while it is paused
 * @param owner the server that works on the conversation; null if none does
 * @param dueAt the time from which any server may work on the conversation: the end of the owner's lease, or the time of
 *     the next attempt; null if there was nothing to do
 */
public record FollowerState(
        String follower,
        String conversationId,
        Position position,
        int attempts,
        @Nullable String owner,
        @Nullable Instant dueAt) {
    /** Rejects null for required components, and a negative number of attempts. */
    public FollowerState {
        requireNonNull(follower, "follower");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(position, "position");
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: >= 0)");
        }
    }

    /** Returns the state at a position where nothing is to do. */
    public static FollowerState idle(String follower, String conversationId, Position position) {
        return new FollowerState(follower, conversationId, position, 0, null, null);
    }

    /** Returns this state as the owner holds it until a time. */
    public FollowerState leased(String newOwner, Instant until) {
        return new FollowerState(
                follower,
                conversationId,
                position,
                attempts,
                requireNonNull(newOwner, "newOwner"),
                requireNonNull(until, "until"));
    }

    /** Returns this state without an owner. Any server may continue from a time on, or never if it is null. */
    public FollowerState released(@Nullable Instant nextAt) {
        return new FollowerState(follower, conversationId, position, attempts, null, nextAt);
    }

    /** Returns this state after the events up to a position were handled. */
    public FollowerState movedTo(Position handled) {
        return new FollowerState(follower, conversationId, requireNonNull(handled, "handled"), 0, owner, dueAt);
    }

    /** Returns this state after one more failed attempt. */
    public FollowerState failed() {
        return new FollowerState(follower, conversationId, position, attempts + 1, owner, dueAt);
    }

    /** Returns whether this is the state of the follower as a whole, and it is paused. */
    public boolean isPaused() {
        return conversationId.isEmpty() && attempts > 0;
    }

    /**
     * Returns this state with or without a pause.
     *
     * @throws IllegalStateException unless it is that of the follower as a whole
     */
    public FollowerState paused(boolean paused) {
        if (!conversationId.isEmpty()) {
            throw new IllegalStateException("conversationId: " + conversationId + " (expected: empty)");
        }
        return new FollowerState(follower, conversationId, position, paused ? 1 : 0, owner, dueAt);
    }
}
