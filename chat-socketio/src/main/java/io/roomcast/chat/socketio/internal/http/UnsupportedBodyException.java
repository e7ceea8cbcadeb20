package io.roomcast.chat.socketio.internal.http;

/** Signals a body in an unsupported form. Has no stack trace, as clients cause it. */
final class UnsupportedBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the header that declares the form. */
    UnsupportedBodyException(String header) {
        super(header, null, false, false);
    }

    String header() {
        return String.valueOf(getMessage());
    }
}
