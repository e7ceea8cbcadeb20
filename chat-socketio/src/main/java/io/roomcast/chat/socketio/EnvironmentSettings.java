package io.roomcast.chat.socketio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the environment said, and what of it made no sense. Not safe for use by several threads. */
final class EnvironmentSettings {
    private static final Logger log = LoggerFactory.getLogger(ChatServerBuilder.class);
    private static final String PREFIX = "CHAT_";
    private static final List<Setting> SETTINGS = Setting.all().stream()
            .filter(setting -> !setting.variable().isEmpty())
            .toList();

    private final Map<String, String> namesByMethod = new HashMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> unknown = new TreeSet<>();

    /** Does what the variables say; a blank one says nothing. */
    void read(Map<String, String> variables, ChatServerBuilder server) {
        SETTINGS.forEach(setting -> {
            String value = variables.getOrDefault(setting.variable(), "").strip();
            if (!value.isEmpty()) {
                read(setting, value, server);
            }
        });
        variables.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !isKnown(name))
                .forEach(unknown::add);
    }

    private static boolean isKnown(String name) {
        return SETTINGS.stream().anyMatch(setting -> setting.variable().equals(name));
    }

    private void read(Setting setting, String value, ChatServerBuilder server) {
        namesByMethod.put(setting.method(), setting.variable());
        try {
            setting.reader().apply(server, value);
        } catch (IllegalArgumentException wrong) {
            mistakes.add(ConfigurationErrors.line(setting.variable(), value, setting.expected()));
        }
    }

    /** Tells of names that nobody knows, as they may be misspelt. */
    void warnOfUnknown() {
        unknown.forEach(name -> log.warn("{} is set and means nothing to this server", name));
    }

    List<String> mistakes() {
        return mistakes;
    }

    /** How a setting was named by whoever set it: a variable, or else the builder's method. */
    String nameOf(String method) {
        return namesByMethod.getOrDefault(method, method);
    }

    /** A line that begins with a method's name, with that name as whoever set it named it. */
    String renamed(String line) {
        String method = line.substring(0, Math.max(0, line.indexOf(':')));
        return nameOf(method) + line.substring(method.length());
    }
}
