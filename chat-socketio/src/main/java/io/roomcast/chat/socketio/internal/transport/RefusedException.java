package io.roomcast.chat.socketio.internal.transport;

/** Signals that a request is refused while it is read. Has no stack trace, as clients cause it. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpRefusal refusal;

    RefusedException(HttpRefusal refusal) {
        super(refusal.name(), null, false, false);
        this.refusal = refusal;
    }

    HttpRefusal refusal() {
        return refusal;
    }
}
