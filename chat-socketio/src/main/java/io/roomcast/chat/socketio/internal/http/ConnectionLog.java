package io.roomcast.chat.socketio.internal.http;

import io.roomcast.chat.socketio.internal.channel.KeyedRateLimiter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs abnormal disconnects, rate-limited by kind and without client data. Safe for use by any thread. */
public final class ConnectionLog {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLog.class);
    private static final int BURST = 10;

    private final KeyedRateLimiter<String> kinds = KeyedRateLimiter.of(BURST, 1);

    /** Logs that a client was disconnected because it violated a limit or the protocol. */
    public void disconnected(String violation) {
        if (kinds.tryAcquire(violation)) {
            log.info("disconnected client: {}", violation);
        }
    }

    /** Logs that a handler threw an exception. Does not log broken connections. */
    public void failed(Throwable fault) {
        if (!(fault instanceof IOException) && kinds.tryAcquire(fault.getClass().getName())) {
            log.warn("closed connection after {}", rootCause(fault));
        }
    }

    /** Returns the class and the first stack frame of the root cause. Its message may contain client data. */
    private static String rootCause(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
