package io.roomcast.examples.chatserver;

import java.io.Serial;

/** Thrown if the server cannot start although the configuration is valid. The message is one line for the operator. */
final class StartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception; line breaks in the message are replaced by spaces. */
    StartException(String line, Throwable cause) {
        super(line.replaceAll("\\s*\\R\\s*", " "), cause);
    }
}
