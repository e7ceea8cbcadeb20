package io.roomcast.chat.socketio.internal.api;

/** Signals a body of an unsupported type. Has no stack trace, because clients cause it. */
final class UnsupportedBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;

    /**
     * Creates the exception.
     *
     * @param header the header that declares the type
     * @param expected the supported values
     */
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
