package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.Command;
import java.io.IOException;

/**
 * How one kind of command looks on the wire.
 *
 * @param name the event that asks for it
 * @param failure the event that tells of its failure to a client that wants no ack
 * @param decoder makes the command of the event's argument
 * @param encoder writes what a success answers
 * @param <R> what a success answers
 */
public record WireCommand<R>(String name, String failure, Decoder<R> decoder, ReplyWriter<R> encoder) {
    /**
     * Makes a command of an argument.
     *
     * @param <R> what a success answers
     */
    @FunctionalInterface
    public interface Decoder<R> {
        /**
         * The command.
         *
         * @throws io.roomcast.chat.model.ChatException if a field has a wrong type
         */
        Command<R> decode(JsonNode argument);
    }

    /**
     * Writes the fields of an answer.
     *
     * @param <R> what a success answers
     */
    @FunctionalInterface
    public interface ReplyWriter<R> {
        /** Writes fields into an object that is open. */
        void write(JsonGenerator json, R reply) throws IOException;
    }

    /** Writes a whole answer of a success. */
    public void success(JsonGenerator json, R reply) throws IOException {
        json.writeStartObject();
        json.writeBooleanField(JsonFields.SUCCESS, true);
        encoder.write(json, reply);
        json.writeEndObject();
    }
}
