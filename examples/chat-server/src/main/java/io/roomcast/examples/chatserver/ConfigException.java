package io.roomcast.examples.chatserver;

import java.io.Serial;
import java.util.List;

/** Reports all mistakes in the configuration, one line each. */
final class ConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ConfigException(List<String> lines) {
        super(String.join("\n", lines));
    }

    List<String> lines() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
