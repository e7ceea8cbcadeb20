package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.spi.ReleaseListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Holds lost sessions for all nodes of a cluster. Safe for use by any thread; never blocks. */
public interface SharedSessions {
    /**
     * Keeps a session until a node takes it.
     *
     * @param pid the secret id of the session
     * @return false if this is not possible now
     */
    boolean keep(String pid, byte[] session, Duration life);

    /**
     * Takes a kept session; of several nodes only one receives it. A node that still has the session of the user keeps it
     * for that. The result fails if this is not possible now.
     */
    CompletionStage<Optional<byte[]>> take(String pid, @Nullable String userId);

    /** Sets the listener that ends and keeps a session of this node when another node takes it. */
    void onRelease(ReleaseListener listener);

    /** Returns the sessions of a chat's cluster. */
    static SharedSessions of(ChatEngine chat) {
        return new SharedSessions() {
            @Override
            public boolean keep(String pid, byte[] session, Duration life) {
                return chat.keep(pid, session, life);
            }

            @Override
            public CompletionStage<Optional<byte[]>> take(String pid, @Nullable String userId) {
                return chat.take(pid, userId);
            }

            @Override
            public void onRelease(ReleaseListener listener) {
                chat.onRelease(listener);
            }
        };
    }

    /** Returns the sessions of a single node, which holds them itself. */
    static SharedSessions none() {
        return new SharedSessions() {
            @Override
            public boolean keep(String pid, byte[] session, Duration life) {
                return false;
            }

            @Override
            public CompletionStage<Optional<byte[]>> take(String pid, @Nullable String userId) {
                return CompletableFuture.completedStage(Optional.empty());
            }

            @Override
            public void onRelease(ReleaseListener listener) {}
        };
    }
}
