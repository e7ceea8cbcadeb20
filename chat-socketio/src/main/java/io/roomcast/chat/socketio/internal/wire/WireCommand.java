package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of one type of command.
 *
 * @param type the type of the command
 * @param name the name of the event that requests the command
 * @param failure the name of the event that reports a failure to a client that requested no ack
 * @param decoder reads the command from the event's argument
 * @param encoder writes a successful reply, as the user sees it
 * @param <R> the reply of the command
 */
public record WireCommand<R>(
        Class<? extends Command<R>> type, String name, String failure, Decoder<R> decoder, UserReplyWriter<R> encoder) {
    /** Describes a command whose failures are reported by {@value FailureEncoder#CHAT_ERROR}. */
    static <R> WireCommand<R> of(
            Class<? extends Command<R>> type, String name, Decoder<R> decoder, ReplyWriter<R> encoder) {
        return ofUser(type, name, decoder, (json, reply, userId) -> encoder.write(json, reply));
    }

    /** Does the same as {@link #of} for a reply that depends on the user who receives it. */
    static <R> WireCommand<R> ofUser(
            Class<? extends Command<R>> type, String name, Decoder<R> decoder, UserReplyWriter<R> encoder) {
        return ofWhole(type, name, decoder, succeeded(encoder));
    }

    /** Describes a command whose failures are reported by {@value FailureEncoder#MESSAGE_ERROR}. */
    static <R> WireCommand<R> ofMessage(
            Class<? extends Command<R>> type, String name, Decoder<R> decoder, UserReplyWriter<R> encoder) {
        return new WireCommand<>(type, name, FailureEncoder.MESSAGE_ERROR, decoder, succeeded(encoder));
    }

    /** Describes a command whose encoder writes the whole reply, and whose failures are reported as of {@link #of}. */
    static <R> WireCommand<R> ofWhole(
            Class<? extends Command<R>> type, String name, Decoder<R> decoder, UserReplyWriter<R> encoder) {
        return new WireCommand<>(type, name, FailureEncoder.CHAT_ERROR, decoder, encoder);
    }

    private static <R> UserReplyWriter<R> succeeded(UserReplyWriter<R> fields) {
        return (json, reply, userId) -> {
            json.writeStartObject();
            json.writeBooleanField(JsonFields.SUCCESS, true);
            fields.write(json, reply, userId);
            json.writeEndObject();
        };
    }

    /**
     * Reads a command.
     *
     * @param <R> the reply of the command
     */
    @FunctionalInterface
    public interface Decoder<R> {
        /**
         * Reads the command from an argument, which is missing if the event has none.
         *
         * @throws io.roomcast.chat.model.ChatException if a field has a wrong type
         */
        Command<R> decode(JsonNode argument);
    }

    /**
     * Writes the fields of a reply.
     *
     * @param <R> the reply of a command
     */
    @FunctionalInterface
    public interface ReplyWriter<R> {
        /** Writes the reply's fields into an object that is open. */
        void write(JsonGenerator json, R reply) throws IOException;
    }

    /**
     * Writes a reply to one user, or its fields.
     *
     * @param <R> the reply of a command
     */
    @FunctionalInterface
    public interface UserReplyWriter<R> {
        /**
         * Writes the reply as a value, or its fields into an object that is open. The user is null for an anonymous
         * client.
         */
        void write(JsonGenerator json, R reply, @Nullable String userId) throws IOException;
    }

    /**
     * Writes a successful reply.
     *
     * @param userId the user who receives it, or null for an anonymous client
     */
    public void success(JsonGenerator json, R reply, @Nullable String userId) throws IOException {
        encoder.write(json, reply, userId);
    }

    /** Writes no fields, for a reply that has none. */
    static void nothing(JsonGenerator json, Object reply) {}
}
