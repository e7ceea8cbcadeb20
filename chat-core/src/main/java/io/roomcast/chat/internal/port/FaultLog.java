package io.roomcast.chat.internal.port;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs commands that failed because of the server, the store or the host. Logs each kind at most once in five seconds,
 * and skips failures that a port has logged already. Safe for use by any thread.
 */
public final class FaultLog {
    private static final Logger log = LoggerFactory.getLogger(FaultLog.class);

    private final LogThrottle faults = new LogThrottle();
    private final LogThrottle outages = new LogThrottle();

    /** Logs a failure, unless the client caused it. Logs ids and the error code, and nothing that users wrote. */
    public void log(Command<?> command, ChatException refusal) {
        String kind = command.getClass().getSimpleName();
        Throwable cause = refusal.getCause();
        if (cause == null || cause instanceof ReportedFailure) {
            return;
        }
        if (refusal.code() == ErrorCode.INTERNAL_ERROR && faults.isDue()) {
            log.error("{} in {} failed", kind, command.conversationId(), cause);
        } else if (refusal.code() != ErrorCode.INTERNAL_ERROR && outages.isDue()) {
            log.warn(
                    "{} in {} failed with {}: {}",
                    kind,
                    command.conversationId(),
                    refusal.code(),
                    String.valueOf(cause));
        }
    }
}
