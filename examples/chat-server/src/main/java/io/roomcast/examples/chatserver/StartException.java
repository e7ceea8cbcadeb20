package io.roomcast.examples.chatserver;

import java.io.Serial;

/**
 * Reports that the server cannot start although its configuration is valid. The message is one line for the operator.
 */
final class StartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StartException(String line, Throwable cause) {
        super(line.replaceAll("\\s*\\R\\s*", " "), cause);
    }
}
