package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.roomcast.chat.model.ChatException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one request, read strictly: a value of the wrong type is refused, never converted.
 *
 * <p>Null counts as absent, and fields that nobody asks for are ignored.
 */
public final class Payload {
    private static final int ECHO_LENGTH = 128;

    private final JsonNode fields;

    private Payload(JsonNode fields) {
        this.fields = fields;
    }

    /**
     * The payload with the given argument's fields.
     *
     * @throws ChatException if it is neither an object nor absent
     */
    static Payload of(JsonNode argument) {
        if (!argument.isObject() && !isAbsent(argument)) {
            throw ChatException.invalid("payload");
        }
        return new Payload(argument);
    }

    /** The payload of an event that may also give its conversation's bare id. */
    static Payload ofConversation(JsonNode argument) {
        if (!argument.isTextual()) {
            return of(argument);
        }
        return new Payload(Json.object().put(Fields.CONVERSATION_ID, argument.textValue()));
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private JsonNode value(String field) {
        JsonNode value = fields.get(field);
        return value == null || value.isNull() ? MissingNode.getInstance() : value;
    }

    /** The field's text; empty if it is absent, so that the validator finds it missing. */
    String text(String field) {
        String text = optionalText(field);
        return text == null ? "" : text;
    }

    @Nullable
    String optionalText(String field) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ChatException.invalid(field);
        }
        return value.textValue();
    }

    @Nullable
    Long optionalLong(String field) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw ChatException.invalid(field);
        }
        return value.longValue();
    }

    @Nullable
    Integer optionalInt(String field) {
        Long value = optionalLong(field);
        return value == null ? null : (int) Math.min(Math.max(value, Integer.MIN_VALUE), Integer.MAX_VALUE);
    }

    /** The field's text for an error's sake: nothing unless it is a text of ordinary length. */
    static Optional<String> echo(JsonNode argument, String field) {
        JsonNode value = argument.path(field);
        boolean plain = value.isTextual() && value.textValue().length() <= ECHO_LENGTH;
        return plain ? Optional.of(value.textValue()) : Optional.empty();
    }
}
