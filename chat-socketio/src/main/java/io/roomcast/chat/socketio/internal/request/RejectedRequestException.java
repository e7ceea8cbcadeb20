package io.roomcast.chat.socketio.internal.request;

/** Signals that a request is rejected while it is read. Has no stack trace, because clients cause it. */
final class RejectedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpRejection rejection;

    RejectedRequestException(HttpRejection rejection) {
        super(rejection.name(), null, false, false);
        this.rejection = rejection;
    }

    HttpRejection rejection() {
        return rejection;
    }
}
