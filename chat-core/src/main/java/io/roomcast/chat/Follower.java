package io.roomcast.chat;

import io.roomcast.chat.internal.host.FollowerRunner;
import java.time.Duration;

/**
 * A {@link io.roomcast.chat.spi.ChatFollower} that runs on this server. It ends with the chat. Safe for use by any thread;
 * no method blocks.
 */
public final class Follower {
    private final FollowerRunner runner;

    Follower(FollowerRunner runner) {
        this.runner = runner;
    }

    /** Returns the name. */
    public String name() {
        return runner.name();
    }

    /**
     * Returns how long the oldest event that this server has for the follower has waited; zero if none waits. While the
     * follower is paused, at least the time since then.
     */
    public Duration lag() {
        return runner.lag();
    }

    /** Returns whether the follower is paused on this server. */
    public boolean isPaused() {
        return runner.isPaused();
    }

    /**
     * Pauses the follower on this server, after the calls in progress. Other servers that follow under the same name
     * continue. A second call has no effect.
     */
    public void pause() {
        runner.pause();
    }

    /** Continues where the follower stopped. Has no effect if it is not paused. */
    public void resume() {
        runner.resume();
    }
}
