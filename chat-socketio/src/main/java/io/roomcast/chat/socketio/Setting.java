package io.roomcast.chat.socketio;

import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that a host may say of a server, in code, by the environment, or both.
 *
 * <p>The environment is read by the list of all of them, and the README's table shows it.
 *
 * @param method the builder's method
 * @param variable the environment's name for it; empty where only code can say it
 * @param fallback what holds where nobody says anything
 * @param unit what a number counts; empty for what is no number
 * @param range what may be said
 * @param meaning what it is
 * @param reader does what the variable says
 */
record Setting(
        String method, String variable, String fallback, String unit, String range, String meaning, Reader reader) {
    /** Does what a variable says. */
    @FunctionalInterface
    interface Reader {
        /**
         * Sets it.
         *
         * @param value what the variable says, which is not blank
         * @throws IllegalArgumentException if that is not in the setting's range
         */
        void apply(ChatServerBuilder server, String value);
    }

    /** Every setting, in the README's order. */
    static List<Setting> all() {
        return Stream.of(ServerSettings.ALL, LimitSettings.ALL)
                .flatMap(List::stream)
                .toList();
    }

    /** Describes the variable with its meaning, range and default. */
    String described() {
        return variable + ": " + meaning + "; " + expected() + " (default: " + fallback + ")";
    }

    /** What the variable should say, in words. */
    String expected() {
        return unit.isEmpty() ? range : range + " " + unit;
    }
}
