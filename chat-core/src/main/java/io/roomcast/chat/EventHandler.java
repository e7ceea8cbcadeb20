package io.roomcast.chat;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import org.jspecify.annotations.Nullable;

/**
 * Handles an event that is the host's own, which clients send over Socket.IO or HTTP.
 *
 * <p>Called on threads kept for the event, several at the same time, so it may block. After {@link
 * io.roomcast.chat.model.Limits#commandTimeout()} the call is interrupted, and the client receives {@link
 * io.roomcast.chat.model.ErrorCode#TIMEOUT}. While two calls of a user hang, further ones fail with that code immediately.
 * Events of one client may be handled in another order than that in which it sent them.
 */
@FunctionalInterface
public interface EventHandler {
    /**
     * Handles an event.
     *
     * @return the ack as a JSON value, or null for {@code {"success":true}}
     * @throws ChatException to refuse the event; the client receives its code and text
     * @throws io.roomcast.chat.model.ServiceUnavailableException if a service of the host does not respond; the client
     *     receives {@link io.roomcast.chat.model.ErrorCode#UNAVAILABLE}
     * @throws Exception for any other failure; the client receives {@link
     *     io.roomcast.chat.model.ErrorCode#INTERNAL_ERROR}, and the log names the exception's class only
     */
    @Nullable
    String handle(EventRequest request) throws Exception;

    /**
     * Handles an event whose payload is an object of the host's.
     *
     * @param <T> the class of the payload
     */
    @FunctionalInterface
    interface Typed<T> {
        /**
         * Handles an event, as {@link EventHandler#handle} does.
         *
         * @param payload the payload, as the host's mapper has read it
         * @return the ack as a JSON value, or null for {@code {"success":true}}
         * @throws Exception as of {@link EventHandler#handle}
         */
        @Nullable
        String handle(T payload, EventRequest request) throws Exception;
    }

    /**
     * Reads a payload. A method of the host's JSON mapper implements it, such as {@code mapper::readValue} of Jackson or
     * {@code gson::fromJson}.
     *
     * @param <T> the class of the payload
     */
    @FunctionalInterface
    interface PayloadReader<T> {
        /**
         * Reads a JSON text.
         *
         * @return the payload, or null if the text is {@code null}
         * @throws Exception if the text is not JSON of such an object
         */
        @Nullable
        T read(String json, Class<T> type) throws Exception;
    }

    /**
     * Returns a handler that first reads the payload. A payload that the reader refuses fails with {@link
     * io.roomcast.chat.model.ErrorCode#INVALID_PAYLOAD}, and an absent one with {@link
     * io.roomcast.chat.model.ErrorCode#MISSING_FIELDS}.
     */
    static <T> EventHandler reading(Class<T> type, PayloadReader<T> reader, Typed<T> handler) {
        requireNonNull(type, "type");
        requireNonNull(reader, "reader");
        requireNonNull(handler, "handler");
        return request -> handler.handle(payload(request, type, reader), request);
    }

    private static <T> T payload(EventRequest request, Class<T> type, PayloadReader<T> reader) {
        T payload;
        try {
            payload = reader.read(request.payload(), type);
        } catch (Exception unreadable) {
            throw ChatException.invalid("payload");
        }
        if (payload == null) {
            throw ChatException.missing("payload");
        }
        return payload;
    }
}
