package io.roomcast.examples.chatserver.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Formats an event as {@code 2026-11-28T07:20:00.000Z INFO ChatServer: stopped}, followed by the stack of a failure on
 * separate lines.
 */
final class TextLine implements LineFormat {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    @Override
    public String line(Instant time, Level level, String logger, String message, @Nullable Throwable failure) {
        String name = logger.substring(logger.lastIndexOf('.') + 1);
        String line = TIME.format(time) + " " + level + " " + name + ": " + message.replaceAll("\\R", " ");
        return failure == null ? line : line + System.lineSeparator() + stack(failure);
    }

    static String stack(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }
}
