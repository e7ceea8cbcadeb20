package io.roomcast.chat.socketio.internal.http;

import io.roomcast.chat.spi.Throttle;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs abnormal disconnects, rate-limited per kind and without client data. Safe for use by any thread.
 */
public final class ConnectionLog {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLog.class);
    private static final int BURST = 10;

    private final Throttle<String> kinds = Throttle.of(1, BURST);

    /** Logs that a client was disconnected because it broke a rule. */
    public void disconnected(String violation) {
        if (isDue(violation)) {
            log.info("disconnected client: {}", violation);
        }
    }

    /** Logs that a handler threw; broken connections are not logged. */
    public void failed(Throwable fault) {
        if (!(fault instanceof IOException) && isDue(fault.getClass().getName())) {
            log.warn("closed connection after {}", place(fault));
        }
    }

    private boolean isDue(String kind) {
        return kinds.take(kind) == 0;
    }

    /** Returns the class and the first stack frame of the root cause; its message may quote a client. */
    private static String place(Throwable fault) {
        Throwable origin = fault;
        while (origin.getCause() != null) {
            origin = origin.getCause();
        }
        StackTraceElement[] trace = origin.getStackTrace();
        return origin.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
