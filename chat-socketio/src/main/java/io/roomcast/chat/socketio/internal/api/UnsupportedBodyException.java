package io.roomcast.chat.socketio.internal.api;

/** Signals a body in an unsupported form. Has no stack trace, as clients cause it. */
final class UnsupportedBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;

    /** Names the header that declares the form, and its supported values. */
    UnsupportedBodyException(String header, String expected) {
        super(header, null, false, false);
        this.expected = expected;
    }

    String expected() {
        return expected;
    }

    String header() {
        return String.valueOf(getMessage());
    }
}
