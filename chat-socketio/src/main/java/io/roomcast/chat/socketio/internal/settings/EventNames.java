package io.roomcast.chat.socketio.internal.settings;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.ChatEngineBuilder;
import io.roomcast.chat.socketio.internal.wire.ClientEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the names of the host's own events. Not safe for use by several threads. */
final class EventNames {
    private record Mistake(String name, String expected) {}

    private final Set<String> names = new HashSet<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    /** Adds a name. Returns false if no handler can have it, which is reported later. */
    boolean add(String name) {
        if (!ChatEngineBuilder.isEventName(requireNonNull(name, "name"))) {
            mistakes.add(new Mistake(name, ChatEngineBuilder.EVENT_NAMES));
        } else if (ClientEvents.isReserved(name)) {
            mistakes.add(new Mistake(name, "a name that neither the chat nor Socket.IO uses"));
        } else if (names.add(name)) {
            return true;
        } else {
            mistakes.add(new Mistake(name, "one handler for each event"));
        }
        return false;
    }

    /** Reports the names that no handler can have. */
    void check(ConfigurationErrors errors) {
        mistakes.forEach(mistake -> errors.expect(false, "on", mistake.name(), mistake.expected()));
    }
}
