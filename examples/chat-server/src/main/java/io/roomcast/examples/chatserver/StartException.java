package io.roomcast.examples.chatserver;

import java.io.Serial;

/** The configuration is sound and yet the server cannot start; the message is one line for whoever started it. */
final class StartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StartException(String line, Throwable cause) {
        super(line.replaceAll("\\s*\\R\\s*", " "), cause);
    }
}
