package io.roomcast.examples.chatserver.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Formats an event as a line. */
interface LineFormat {
    /**
     * Returns the event as text, without a line end.
     *
     * @param logger the logger's full name
     * @param failure the failure, or null
     */
    String line(Instant time, Level level, String logger, String message, @Nullable Throwable failure);
}
