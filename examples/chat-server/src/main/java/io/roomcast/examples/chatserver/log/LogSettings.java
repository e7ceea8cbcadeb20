package io.roomcast.examples.chatserver.log;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/**
 * The format and level of the log. Immutable.
 *
 * @param json whether each line is a JSON object
 * @param level the lowest level that is logged for this server; its libraries log warnings and errors
 */
public record LogSettings(boolean json, Level level) {
    /** The variable for the format, text or json. */
    public static final String FORMAT = "CHAT_LOG_FORMAT";

    /** The variable for the level: error, warn, info or debug. */
    public static final String LEVEL = "CHAT_LOG_LEVEL";

    private static final String OURS = "io.roomcast.";

    /** Returns the settings from the process's environment; an invalid value counts as unset, because the server refuses to start with it. */
    public static LogSettings current() {
        return of(System.getenv());
    }

    static LogSettings of(Map<String, String> variables) {
        String level = variables.getOrDefault(LEVEL, "").strip().toUpperCase(Locale.ROOT);
        return new LogSettings(
                variables.getOrDefault(FORMAT, "").strip().equals("json"),
                Stream.of(Level.values())
                        .filter(known -> known.name().equals(level))
                        .findFirst()
                        .orElse(Level.INFO));
    }

    /** Returns the lowest level that is logged for a logger. */
    Level minLevel(String logger) {
        if (logger.startsWith(OURS)) {
            return level;
        }
        // The embedded database warns of each unknown command, and netty-socketio of each start.
        boolean isNoise = logger.startsWith("de.bwaldvogel.") || logger.startsWith("com.corundumstudio.");
        return isNoise || level == Level.ERROR ? Level.ERROR : Level.WARN;
    }
}
