package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.event.ChatEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of one type of event.
 *
 * @param type the type of the event
 * @param name the event's name
 * @param writer writes the event's argument
 * @param <E> the type of the event
 */
record WireEvent<E extends ChatEvent>(Class<E> type, String name, UserWriter<E> writer) {
    /** Creates the form of an event that is the same for all users. */
    WireEvent(Class<E> type, String name, ArgumentWriter<E> writer) {
        this(type, name, (json, event, userId) -> writer.write(json, event));
    }

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

    /**
     * Writes the argument of an event for one user.
     *
     * @param <E> the type of the event
     */
    @FunctionalInterface
    interface UserWriter<E> {
        /**
         * Writes one JSON value.
         *
         * @param userId the user who receives the event, or null for any
         */
        void write(JsonGenerator json, E event, @Nullable String userId) throws IOException;
    }

    /**
     * Writes the name and the argument of an event of this type into an array that is open.
     *
     * @param userId the user who receives the event, or null for any
     */
    void write(JsonGenerator json, ChatEvent event, @Nullable String userId) throws IOException {
        json.writeString(name);
        writer.write(json, type.cast(event), userId);
    }

    /** Writes the argument of an event of this type. */
    void writeArgument(JsonGenerator json, ChatEvent event) throws IOException {
        writer.write(json, type.cast(event), null);
    }
}
