package io.roomcast.chat;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Completes a future with a reply. It does so on the given executor, because the host's callbacks may wait for the chat
 * while all of the host's own threads wait for futures.
 */
final class FutureReply<R> implements Reply<R> {
    private final CompletableFuture<R> future = new CompletableFuture<>();
    private final Executor executor;

    FutureReply(Executor executor) {
        this.executor = executor;
    }

    CompletableFuture<R> future() {
        return future;
    }

    @Override
    public void succeeded(R result) {
        run(() -> future.complete(result));
    }

    @Override
    public void failed(ChatException refusal) {
        run(() -> future.completeExceptionally(refusal));
    }

    private void run(Runnable completion) {
        try {
            executor.execute(completion);
        } catch (RejectedExecutionException closed) {
            completion.run();
        }
    }
}
