package io.roomcast.chat.socketio.internal.packet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The name and the first argument of an event. Further arguments must be JSON.
 *
 * @param name the event's name; empty if it cannot be read
 * @param argument its first argument; missing if there is none or it cannot be read
 * @param hasMore whether there are further arguments
 * @param fault why the event is invalid, with the field at fault; null if it is valid
 */
public record SocketEvent(
        String name,
        JsonNode argument,
        boolean hasMore,
        @Nullable ChatException fault) {
    private static final String PACKET = "packet";
    private static final String PAYLOAD = "payload";

    private static final int MAX_FIELD = 64;

    /** The nesting depth around a field of the argument: the event's list and the argument itself. */
    private static final int SURROUNDING = 2;

    /** Returns an unreadable event with the reason for its refusal. */
    public static SocketEvent unread(ChatException fault) {
        return new SocketEvent("", MissingNode.getInstance(), false, fault);
    }

    /** Parses the event of a packet. */
    public static SocketEvent of(SocketPacket packet) {
        SocketEvent event = read(packet.data());
        if (event.fault() != null || !packet.isBinary()) {
            return event;
        }
        ChatException fault = ChatException.invalid(fieldWithAttachment(event.argument));
        return new SocketEvent(event.name, event.argument, event.hasMore, fault);
    }

    private static SocketEvent read(String data) {
        try (JsonParser json = Json.parser(data)) {
            Reading reading = new Reading(json);
            ChatException fault = reading.run();
            return new SocketEvent(reading.name, reading.argument, reading.hasMore, fault);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Returns the field of the argument that refers to an attachment. */
    private static String fieldWithAttachment(JsonNode argument) {
        String field = isPlaceholder(argument)
                ? PAYLOAD
                : argument.properties().stream()
                        .filter(candidate -> hasPlaceholder(candidate.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(PAYLOAD);
        return orPayload(field);
    }

    /** Returns the field's name, or "payload" if it is unknown or longer than every known one. */
    private static String orPayload(@Nullable String field) {
        return field == null || field.length() > MAX_FIELD ? PAYLOAD : field;
    }

    /** Searches the value recursively; the JSON reader limits the depth. */
    private static boolean hasPlaceholder(JsonNode value) {
        if (isPlaceholder(value)) {
            return true;
        }
        for (JsonNode child : value) {
            if (hasPlaceholder(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlaceholder(JsonNode value) {
        return value.path("_placeholder").isBoolean();
    }

    /** Parses the JSON in one pass. Keeps the name and the argument that it read before a failure. */
    private static final class Reading {
        private final JsonParser json;
        private String name = "";
        private JsonNode argument = MissingNode.getInstance();
        private boolean hasMore;

        private Reading(JsonParser json) {
            this.json = json;
        }

        /** Reads up to the end or the first failure, which it returns; null if there is none. */
        private @Nullable ChatException run() throws IOException {
            try {
                return arguments();
            } catch (JsonProcessingException malformed) {
                return ChatException.invalid(field());
            }
        }

        private @Nullable ChatException arguments() throws IOException {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return ChatException.invalid(PACKET);
            }
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                return ChatException.invalid("event");
            }
            name = json.getText();
            if (json.nextToken() != JsonToken.END_ARRAY) {
                argument = Json.part(json);
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    hasMore = true;
                    json.skipChildren();
                }
            }
            return isAtEnd() ? null : ChatException.invalid(PACKET);
        }

        private boolean isAtEnd() throws IOException {
            try {
                return json.nextToken() == null;
            } catch (JsonProcessingException trailing) {
                return false;
            }
        }

        /** Returns the field of the argument at the parser's position. */
        private String field() {
            JsonStreamContext context = json.getParsingContext();
            if (context.inRoot()) {
                return PACKET;
            }
            while (context.getNestingDepth() > SURROUNDING) {
                context = context.getParent();
            }
            boolean isField = context.getNestingDepth() == SURROUNDING && context.inObject();
            String field = isField ? context.getCurrentName() : null;
            return orPayload(field);
        }
    }
}
