package io.roomcast.chat.socketio.internal.http;

/** Says that a body is in a form that the server does not read. Has no stack trace, as clients cause it. */
final class UnsupportedBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the header that says so. */
    UnsupportedBodyException(String header) {
        super(header, null, false, false);
    }

    String header() {
        return String.valueOf(getMessage());
    }
}
