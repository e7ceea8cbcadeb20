package io.roomcast.chat.internal.port;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the parts of a chat, all of them even if some throw. */
public final class Closer {
    private static final Logger log = LoggerFactory.getLogger(Closer.class);

    private Closer() {}

    /**
     * Closes all parts in the given order, and logs their failures. Blocks as long as the parts do. If the thread is
     * interrupted, closes the other parts as well and keeps the interrupt flag.
     */
    public static void closeAll(AutoCloseable... parts) {
        boolean interrupted = false;
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (InterruptedException interrupt) {
                interrupted = true;
            } catch (Throwable failure) {
                log.error("failed to close a part of the chat: {}", HostPort.describe(failure));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
