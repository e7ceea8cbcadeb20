package io.roomcast.chat.internal.port;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs failures that are not the client's, unless they are in the log already, at most once in five seconds each kind. */
public final class FaultLog {
    private static final Logger log = LoggerFactory.getLogger(FaultLog.class);

    private final LogThrottle faults = new LogThrottle();
    private final LogThrottle outages = new LogThrottle();

    public void log(Command<?> command, ChatException refusal) {
        String kind = command.getClass().getSimpleName();
        Throwable cause = refusal.getCause();
        if (cause == null || cause instanceof ReportedFailure) {
            return;
        }
        if (refusal.code() == ErrorCode.INTERNAL_ERROR && faults.isDue()) {
            log.error("{} in {} failed", kind, command.conversationId(), cause);
        } else if (refusal.code() != ErrorCode.INTERNAL_ERROR && outages.isDue()) {
            log.warn("{} in {}: {}: {}", kind, command.conversationId(), refusal.code(), String.valueOf(cause));
        }
    }
}
