package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs failures that are not the client's: our own faults each, an outage of the store once in a while. */
final class FaultLog {
    private static final Logger log = LoggerFactory.getLogger(FaultLog.class);
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private final AtomicLong outageLoggedAt = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

    void note(Command<?> command, ChatException refusal) {
        String kind = command.getClass().getSimpleName();
        if (refusal.code() == ErrorCode.INTERNAL_ERROR) {
            log.error("{} in {} failed", kind, command.conversationId(), refusal.getCause());
        } else if (refusal.getCause() != null && isDue()) {
            String cause = String.valueOf(refusal.getCause());
            log.warn("{} in {}: {}: {}", kind, command.conversationId(), refusal.code(), cause);
        }
    }

    private boolean isDue() {
        long last = outageLoggedAt.get();
        long now = System.nanoTime();
        return now - last >= PAUSE_NANOS && outageLoggedAt.compareAndSet(last, now);
    }
}
