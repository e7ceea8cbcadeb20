package io.roomcast.chat.socketio.internal.outgoing;

/** States that another server did not answer. Has no stack trace, and its message can be logged. */
public final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1;

    NoAnswerException(String reason) {
        super(reason, null, false, false);
    }
}
