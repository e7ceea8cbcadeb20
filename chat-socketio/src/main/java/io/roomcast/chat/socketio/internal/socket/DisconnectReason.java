package io.roomcast.chat.socketio.internal.socket;

/** Why a session of a Socket.IO connection ends, with the texts of Socket.IO's {@code disconnect} event. */
enum DisconnectReason {
    /** The client sent a DISCONNECT packet. */
    CLIENT("client namespace disconnect", false),
    /** The chat ended the session, or refused the client. */
    SERVER("server namespace disconnect", false),
    /** The client continues the session on a new connection. */
    EVICTED("forced server close", true),
    /** The connection was closed. */
    TRANSPORT("transport close", true);

    private final String text;
    private final boolean isRecoverable;

    DisconnectReason(String text, boolean isRecoverable) {
        this.text = text;
        this.isRecoverable = isRecoverable;
    }

    /** Returns whether the client may recover the session. */
    boolean isRecoverable() {
        return isRecoverable;
    }

    @Override
    public String toString() {
        return text;
    }
}
