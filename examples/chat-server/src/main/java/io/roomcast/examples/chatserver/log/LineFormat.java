package io.roomcast.examples.chatserver.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Writes an event as a line. */
interface LineFormat {
    /**
     * The event as text, without the end of its line.
     *
     * @param logger the logger's full name
     * @param failure what went wrong, or null
     */
    String line(Instant time, Level level, String logger, String message, @Nullable Throwable failure);
}
