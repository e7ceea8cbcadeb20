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

    /**
     * Returns whether the follower is paused. Returns false until this server has read that it is, which it does before it
     * passes the first event.
     */
    public boolean isPaused() {
        return runner.isPaused();
    }

    /**
     * Pauses the follower on all servers, also after a restart: here after the calls in progress, elsewhere within a few
     * seconds. A second call has no effect.
     */
    public void pause() {
        runner.pause();
    }

    /** Continues on all servers where the follower stopped. Has no effect if it is not paused. */
    public void resume() {
        runner.resume();
    }
}
