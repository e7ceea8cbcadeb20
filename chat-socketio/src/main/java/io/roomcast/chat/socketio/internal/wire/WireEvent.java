package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.event.ChatEvent;
import java.io.IOException;

/**
 * The wire form of one type of event.
 *
 * @param type the type of the event
 * @param name the event's name
 * @param writer writes the event's argument
 * @param <E> the type of the event
 */
record WireEvent<E extends ChatEvent>(Class<E> type, String name, ArgumentWriter<E> writer) {
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

    /** Writes the name and the argument of an event of this type into an array that is open. */
    void write(JsonGenerator json, ChatEvent event) throws IOException {
        json.writeString(name);
        writeArgument(json, event);
    }

    /** Writes the argument of an event of this type. */
    void writeArgument(JsonGenerator json, ChatEvent event) throws IOException {
        writer.write(json, type.cast(event));
    }
}
