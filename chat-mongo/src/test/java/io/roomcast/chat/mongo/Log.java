package io.roomcast.chat.mongo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Captures the store's log, which is not shown on the console meanwhile. */
final class Log implements AutoCloseable {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream console = System.err;

    private Log() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    static Log capture() {
        return new Log();
    }

    List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(MongoChatStore.class.getName()))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(console);
    }
}
