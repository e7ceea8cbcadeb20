package io.roomcast.chat.socketio.guard;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Captures the log instead of printing it, until it is closed. */
public final class LogLines implements AutoCloseable {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream console = System.err;

    private LogLines() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    public static LogLines capture() {
        return new LogLines();
    }

    /** Returns the lines of a logger so far. */
    public List<String> of(Class<?> logger) {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(logger.getName()))
                .toList();
    }

    /** Returns all lines so far. */
    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setErr(console);
    }
}
