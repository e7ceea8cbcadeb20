package io.roomcast.chat.event;

/** Says whether an adapter may drop an event for a client that reads too slowly. */
public enum Delivery {
    /** The event may be dropped. It is useless later, or the next event of its kind replaces it. */
    VOLATILE,
    /** The event may be dropped if the client then receives {@link SyncRequired}. The client can fetch it again. */
    RECOVERABLE,
    /** The event is never dropped. */
    REQUIRED
}
