package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A reply of which only the first answer counts. */
final class PendingReply<R> implements Reply<R> {
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
            reply.succeeded(result);
        }
    }

    @Override
    public void failed(ChatException refusal) {
        if (isFirst()) {
            reply.failed(refusal);
        }
    }

    void expire() {
        failed(ChatException.of(ErrorCode.TIMEOUT));
    }

    private boolean isFirst() {
        boolean first = answered.compareAndSet(false, true);
        if (first) {
            bucket.remove(this);
        }
        return first;
    }
}
