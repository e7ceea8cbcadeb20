package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.event.ChatEvent;
import java.io.IOException;

/**
 * The wire form of one type of event.
 *
 * @param name the event's name
 * @param writer writes the event's argument
 * @param <E> the type of the event
 */
record WireEvent<E extends ChatEvent>(String name, ArgumentWriter<E> writer) {
    /**
     * Writes the argument of an event.
     *
     * @param <E> the type of the event
     */
    @FunctionalInterface
    interface ArgumentWriter<E> {
        /** Writes one JSON value. */
        void write(JsonGenerator json, E event) throws IOException;
    }

    /** Writes the event's name and argument into an array that is open. */
    void write(JsonGenerator json, E event) throws IOException {
        json.writeString(name);
        writer.write(json, event);
    }
}
