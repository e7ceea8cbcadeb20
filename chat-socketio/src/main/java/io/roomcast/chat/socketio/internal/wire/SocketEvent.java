package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.roomcast.chat.model.ChatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The name and the argument of an event; arguments behind the first must be JSON and are ignored.
 *
 * @param name what it asks for; empty if that cannot be read
 * @param argument its first argument; missing if there is none, or it cannot be read
 * @param fault why it cannot be what it wants to be, with the field at fault; null if it can
 */
public record SocketEvent(
        String name, JsonNode argument, @Nullable ChatException fault) {
    private static final String PACKET = "packet";
    private static final String PAYLOAD = "payload";

    private static final int MAX_FIELD = 64;

    /** How many values surround a field of the argument: the event's list and the argument itself. */
    private static final int SURROUNDING = 2;

    /** An event that nothing is known of but why it is refused. */
    public static SocketEvent unread(ChatException fault) {
        return new SocketEvent("", MissingNode.getInstance(), fault);
    }

    /** Reads the event that a packet carries. */
    public static SocketEvent of(SocketPacket packet) {
        SocketEvent event = read(packet.data());
        if (event.fault() != null || !packet.isBinary()) {
            return event;
        }
        return new SocketEvent(event.name, event.argument, ChatException.invalid(fieldWithAttachment(event.argument)));
    }

    private static SocketEvent read(String data) {
        try (JsonParser json = Json.parser(data)) {
            Reading reading = new Reading(json);
            ChatException fault = reading.run();
            return new SocketEvent(reading.name, reading.argument, fault);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The field of the argument that an attachment stands in for. */
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

    /** Names longer than any field's are not repeated. */
    private static String orPayload(@Nullable String field) {
        return field == null || field.length() > MAX_FIELD ? PAYLOAD : field;
    }

    /** As deep as JSON is read, which is not deep. */
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

    /** One pass over the JSON, which keeps what it has read before it fails. */
    private static final class Reading {
        private final JsonParser json;
        private String name = "";
        private JsonNode argument = MissingNode.getInstance();

        private Reading(JsonParser json) {
            this.json = json;
        }

        /** Reads as far as it can; why it came no further, or null if it came to the end. */
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
                    json.skipChildren();
                }
            }
            return isAtTheEnd() ? null : ChatException.invalid(PACKET);
        }

        private boolean isAtTheEnd() throws IOException {
            try {
                return json.nextToken() == null;
            } catch (JsonProcessingException trailing) {
                return false;
            }
        }

        /** The argument's field that is being read. */
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
