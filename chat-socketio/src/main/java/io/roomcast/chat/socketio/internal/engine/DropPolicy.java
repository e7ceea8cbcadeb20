package io.roomcast.chat.socketio.internal.engine;

/** Whether a packet may be dropped for a client that reads too slowly. */
public enum DropPolicy {
    /** May be dropped without notice: it is useless later, or a newer packet replaces it. */
    VOLATILE,
    /** May be dropped if the client is notified afterwards and can fetch what it missed. */
    RECOVERABLE,
    /** Is never dropped. */
    REQUIRED
}
