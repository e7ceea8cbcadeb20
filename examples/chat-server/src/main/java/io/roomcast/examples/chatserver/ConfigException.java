package io.roomcast.examples.chatserver;

import java.io.Serial;
import java.util.List;

/** Everything that is wrong with the configuration, one line for each mistake. */
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
