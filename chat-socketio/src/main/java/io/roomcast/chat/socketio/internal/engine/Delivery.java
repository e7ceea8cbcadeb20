package io.roomcast.chat.socketio.internal.engine;

/** What becomes of a packet when its client takes less than it is sent. */
public enum Delivery {
    /** It may be left out: it is of no use later, or the next one says the same. */
    PASSING,
    /** It may be left out if the client learns that it must fetch what it missed. */
    FETCHABLE,
    /** It is never left out. */
    VITAL
}
