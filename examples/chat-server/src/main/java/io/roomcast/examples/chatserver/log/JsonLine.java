package io.roomcast.examples.chatserver.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Formats an event as a JSON object with {@code time}, {@code level}, {@code logger}, {@code message}, and {@code
 * stack} for a failure.
 */
final class JsonLine implements LineFormat {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String line(Instant time, Level level, String logger, String message, @Nullable Throwable failure) {
        ObjectNode event = JSON.createObjectNode()
                .put("time", TextLine.TIME.format(time))
                .put("level", level.name())
                .put("logger", logger)
                .put("message", message);
        if (failure != null) {
            event.put("stack", TextLine.stack(failure));
        }
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings can always be written as JSON", impossible);
        }
    }
}
