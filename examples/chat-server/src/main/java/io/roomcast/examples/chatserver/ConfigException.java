package io.roomcast.examples.chatserver;

import java.io.Serial;
import java.util.List;

/** Thrown if the configuration is invalid. The message has one line for each error. */
final class ConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ConfigException(List<String> lines) {
        super(String.join("\n", lines));
    }

    /** Returns the errors. */
    List<String> lines() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
