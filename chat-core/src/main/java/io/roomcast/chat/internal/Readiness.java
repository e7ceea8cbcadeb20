package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.spi.ChatStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks the store whether it answers, once for all who want to know at the same time, on threads that do nothing else. Safe
 * for use by any thread; never blocks.
 */
final class Readiness {
    private final ChatStore store;
    private final IsolatedPort port;
    private CompletionStage<Boolean> current = CompletableFuture.completedStage(true);

    /** Asks by way of the given port. */
    Readiness(ChatStore store, IsolatedPort port) {
        this.store = store;
        this.port = port;
    }

    /** Answers true once the store has answered, or why it has not. */
    void ask(Reply<Boolean> reply) {
        current().whenComplete((answer, failure) -> {
            if (failure == null) {
                reply.succeeded(true);
            } else {
                reply.failed(ChatException.from(failure));
            }
        });
    }

    private synchronized CompletionStage<Boolean> current() {
        if (current.toCompletableFuture().isDone()) {
            current = port.ask("store", this::ping);
        }
        return current;
    }

    private boolean ping() {
        store.ping();
        return true;
    }
}
