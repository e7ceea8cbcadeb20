package io.roomcast.chat.socketio.internal.transport;

import io.roomcast.chat.spi.Throttle;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of connections that ended badly: one line each, so many lines of a kind and no more, and nothing that a client
 * wrote. Safe for use by any thread.
 */
public final class ConnectionLog {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLog.class);
    private static final int BURST = 10;

    private final Throttle<String> kinds = Throttle.of(1, BURST);

    /** A client was put out, or left; only what is its own fault is worth a line. */
    void ended(CloseReason reason) {
        if (reason.isViolation() && isDue(reason.name())) {
            log.info("a client was put out: {}", reason);
        }
    }

    /** A handler threw something; that connections break is no news. */
    void failed(Throwable fault) {
        if (!(fault instanceof IOException) && isDue(fault.getClass().getName())) {
            log.warn("a connection was closed over {}", place(fault));
        }
    }

    private boolean isDue(String kind) {
        return kinds.take(kind) == 0;
    }

    /** Its kind and its place, as its text may quote a client. */
    private static String place(Throwable fault) {
        Throwable origin = fault;
        while (origin.getCause() != null) {
            origin = origin.getCause();
        }
        StackTraceElement[] trace = origin.getStackTrace();
        return origin.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
