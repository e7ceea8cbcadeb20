package io.roomcast.examples.chatserver.log;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** Creates loggers that write to one stream. Safe for use by several threads. */
final class LineLoggers implements ILoggerFactory {
    /** The logger of netty-socketio, which duplicates log lines of the server. */
    private static final String ENGINE = "com.corundumstudio.socketio.SocketIOServer";

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final LogSettings settings;
    private final LineFormat format;

    LineLoggers(LogSettings settings) {
        this.settings = settings;
        this.format = settings.json() ? new JsonLine() : new TextLine();
    }

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, this::logger);
    }

    private Logger logger(String name) {
        if (name.equals(ENGINE)) {
            return NOPLogger.NOP_LOGGER;
        }
        return new LineLogger(name, settings.minLevel(name), format, Clock.systemUTC(), LineLoggers::write);
    }

    /** Writes a line with one call, so that lines of several threads do not mix. */
    private static void write(String line) {
        PrintStream stream = System.err;
        stream.print(line + System.lineSeparator());
        stream.flush();
    }
}
