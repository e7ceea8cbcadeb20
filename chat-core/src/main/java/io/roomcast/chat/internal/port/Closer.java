package io.roomcast.chat.internal.port;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the parts of a chat, each of them though others throw. */
public final class Closer {
    private static final Logger log = LoggerFactory.getLogger(Closer.class);

    private Closer() {}

    /** Closes all parts in the given order; logs what they throw. An interrupt is kept for the caller. */
    public static void closeAll(AutoCloseable... parts) {
        boolean interrupted = false;
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (InterruptedException hurry) {
                interrupted = true;
            } catch (Throwable failure) {
                log.error("a part of the chat failed to close: {}", HostPort.describe(failure));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
