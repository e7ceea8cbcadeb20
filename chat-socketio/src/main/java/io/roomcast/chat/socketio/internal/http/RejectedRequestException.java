package io.roomcast.chat.socketio.internal.http;

/** Signals that a request is refused while it is read. Has no stack trace, as clients cause it. */
final class RejectedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpRejection refusal;

    RejectedRequestException(HttpRejection refusal) {
        super(refusal.name(), null, false, false);
        this.refusal = refusal;
    }

    HttpRejection refusal() {
        return refusal;
    }
}
