package io.roomcast.chat.socketio.internal.settings;

import java.util.List;
import java.util.stream.Stream;

/**
 * A setting of a server, which a host sets in code, an operator in the environment, or both.
 *
 * <p>{@link #all} is the register: the environment is read by it, and the document's tables are generated from it.
 *
 * @param method the builder's method
 * @param variable the environment variable; empty for a setting that only code can set
 * @param defaultText what applies if the setting is unset
 * @param unit the unit of a number; empty otherwise
 * @param range the permitted values
 * @param meaning what the setting does
 * @param reader applies a variable's value
 */
public record Setting(
        String method, String variable, String defaultText, String unit, String range, String meaning, Reader reader) {
    /** Applies the value of a variable. */
    @FunctionalInterface
    interface Reader {
        /**
         * Sets the option.
         *
         * @param value the variable's value, not blank
         * @throws IllegalArgumentException if the value is out of the setting's range
         */
        void apply(ServerOptions options, String value);
    }

    /** Returns every setting: those of the server, then the limits. */
    public static List<Setting> all() {
        return Stream.of(ServerSettings.ALL, LimitSettings.ALL)
                .flatMap(List::stream)
                .toList();
    }

    /** Returns the settings that have a variable. */
    public static List<Setting> ofEnvironment() {
        return all().stream().filter(setting -> !setting.variable().isEmpty()).toList();
    }

    /** Returns one line with the variable, its meaning, range and default. */
    public String description() {
        return variable + ": " + meaning + "; " + expected() + " (default: " + defaultText + ")";
    }

    /** Returns the permitted values with their unit. */
    String expected() {
        return unit.isEmpty() ? range : range + " " + unit;
    }
}
