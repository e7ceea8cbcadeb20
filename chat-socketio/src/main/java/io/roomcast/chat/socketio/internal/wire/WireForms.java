package io.roomcast.chat.socketio.internal.wire;

import static java.util.Objects.requireNonNull;

/** Checks at the start of a server that commands and events have their wire forms. */
public final class WireForms {
    private WireForms() {}

    /**
     * Initializes the indexes. They would otherwise be checked when the first client needs them.
     *
     * @throws ExceptionInInitializerError if a command or an event has no wire form, or has two
     */
    public static void check() {
        requireNonNull(WireCommands.all());
        requireNonNull(WireEvents.all());
    }
}
