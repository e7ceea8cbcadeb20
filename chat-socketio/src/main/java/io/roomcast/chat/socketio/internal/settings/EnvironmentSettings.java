package io.roomcast.chat.socketio.internal.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads settings from environment variables and collects the errors. Not safe for use by several threads. */
public final class EnvironmentSettings {
    private static final Logger log = LoggerFactory.getLogger(EnvironmentSettings.class);
    private static final String PREFIX = "CHAT_";
    private static final List<Setting> SETTINGS = Setting.ofEnvironment();

    private final Map<String, String> variablesByMethod = new HashMap<>();
    private final List<String> errors = new ArrayList<>();
    private final Set<String> unknown = new TreeSet<>();

    /** Applies the variables to the options. Blank values count as unset. */
    public void read(Map<String, String> variables, ServerOptions options) {
        SETTINGS.forEach(setting -> {
            String value = variables.getOrDefault(setting.variable(), "").strip();
            if (!value.isEmpty()) {
                read(setting, value, options);
            }
        });
        variables.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !isKnown(name))
                .forEach(unknown::add);
    }

    private static boolean isKnown(String name) {
        return SETTINGS.stream().anyMatch(setting -> setting.variable().equals(name));
    }

    private void read(Setting setting, String value, ServerOptions options) {
        variablesByMethod.put(setting.method(), setting.variable());
        try {
            setting.reader().apply(options, value);
        } catch (IllegalArgumentException outOfRange) {
            errors.add(ConfigurationErrors.line(setting.variable(), value, setting.expected()));
        }
    }

    /** Logs a warning for each variable that begins with the prefix and is no setting, as it may be misspelt. */
    public void warnOfUnknown() {
        unknown.forEach(name -> log.warn("ignoring unknown variable {}", name));
    }

    /** Returns a line for each variable whose value is out of its range. */
    List<String> errors() {
        return errors;
    }

    /** Returns the variable that set a setting, or the builder's method if no variable did. */
    String nameOf(String method) {
        return variablesByMethod.getOrDefault(method, method);
    }

    /** Returns an error message in which the method's name at the start is replaced by the variable's. */
    String renamed(String line) {
        String method = line.substring(0, Math.max(0, line.indexOf(':')));
        return nameOf(method) + line.substring(method.length());
    }
}
