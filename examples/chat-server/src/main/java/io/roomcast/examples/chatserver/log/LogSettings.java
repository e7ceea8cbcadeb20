package io.roomcast.examples.chatserver.log;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/**
 * What is logged, and how. Immutable.
 *
 * @param json whether each line is a JSON object
 * @param level the least that is logged of this server; of its libraries warnings and errors are
 */
public record LogSettings(boolean json, Level level) {
    /** The variable that says text or json. */
    public static final String FORMAT = "CHAT_LOG_FORMAT";

    /** The variable that says error, warn, info or debug. */
    public static final String LEVEL = "CHAT_LOG_LEVEL";

    private static final String OURS = "io.roomcast.";

    /** What the environment of this process says; what makes no sense in it counts as unset here. */
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

    /** The least that is logged under a name. */
    Level least(String logger) {
        if (logger.startsWith(OURS)) {
            return level;
        }
        // The embedded database speaks of each command that it does not know, and the engine of each start.
        boolean isNoise = logger.startsWith("de.bwaldvogel.") || logger.startsWith("com.corundumstudio.");
        return isNoise || level == Level.ERROR ? Level.ERROR : Level.WARN;
    }
}
