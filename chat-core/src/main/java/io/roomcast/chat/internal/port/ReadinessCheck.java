package io.roomcast.chat.internal.port;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.spi.ChatStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Checks whether the store is reachable, on separate threads. Concurrent callers share one check. Safe for use by any
 * thread; never blocks.
 */
public final class ReadinessCheck {
    private final ChatStore store;
    private final IsolatedPort port;

    @GuardedBy("this")
    private CompletionStage<Boolean> current = CompletableFuture.completedFuture(true);

    /**
     * Creates a check.
     *
     * @param port calls the store
     */
    public ReadinessCheck(ChatStore store, IsolatedPort port) {
        this.store = store;
        this.port = port;
    }

    /** Replies true if the store is reachable, and fails with the reason otherwise. */
    public void check(Reply<Boolean> reply) {
        current().whenComplete((result, failure) -> {
            if (failure == null) {
                reply.succeeded(true);
            } else {
                reply.failed(ChatException.from(failure));
            }
        });
    }

    private synchronized CompletionStage<Boolean> current() {
        if (current.toCompletableFuture().isDone()) {
            current = port.call("store", this::ping);
        }
        return current;
    }

    private boolean ping() {
        store.ping();
        return true;
    }
}
