package io.roomcast.chat.internal.execution;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the first result to a reply, and ignores later ones. Logs what the reply throws. Safe for use by any thread.
 */
public final class PendingReply<R> implements Reply<R> {
    private static final Logger log = LoggerFactory.getLogger(PendingReply.class);

    private final AtomicBoolean answered = new AtomicBoolean();
    private final Reply<R> reply;
    private final Set<PendingReply<?>> bucket;

    PendingReply(Reply<R> reply, Set<PendingReply<?>> bucket) {
        this.reply = reply;
        this.bucket = bucket;
    }

    @Override
    public void succeeded(R result) {
        if (isFirst()) {
            deliver(() -> reply.succeeded(result));
        }
    }

    @Override
    public void failed(ChatException refusal) {
        if (isFirst()) {
            deliver(() -> reply.failed(refusal));
        }
    }

    /** Returns whether the reply has received a result or has timed out. */
    public boolean isAnswered() {
        return answered.get();
    }

    void expire() {
        failed(ChatException.of(ErrorCode.TIMEOUT));
    }

    private static void deliver(Runnable result) {
        try {
            result.run();
        } catch (Throwable fault) {
            log.error("reply threw while it received its result", fault);
        }
    }

    private boolean isFirst() {
        boolean first = answered.compareAndSet(false, true);
        if (first) {
            bucket.remove(this);
        }
        return first;
    }
}
