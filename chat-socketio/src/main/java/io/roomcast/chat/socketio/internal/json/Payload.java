package io.roomcast.chat.socketio.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object strictly: refuses a value of the wrong type and never converts it.
 *
 * <p>Null and an empty text count as absent. Unknown fields are ignored. Every refusal is a {@link ChatException} that
 * names the field.
 */
public final class Payload {
    private static final int ECHO_LENGTH = 128;
    private static final int MAX_ELEMENTS = 1_000;
    private static final int MAX_DEPTH = 8;

    private final JsonNode fields;

    private Payload(JsonNode fields) {
        this.fields = fields;
    }

    /**
     * Returns a reader of the argument's fields; an absent argument has none.
     *
     * @throws ChatException if the argument is neither an object nor absent
     */
    public static Payload of(JsonNode argument) {
        if (!argument.isObject() && !isAbsent(argument)) {
            throw ChatException.invalid("payload");
        }
        return new Payload(argument);
    }

    /** Returns a reader of an argument that is an object, or the conversation's id alone as a text. */
    public static Payload ofConversation(JsonNode argument) {
        if (!argument.isTextual()) {
            return of(argument);
        }
        return new Payload(Json.object().put(JsonFields.CONVERSATION_ID, argument.textValue()));
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private JsonNode value(String field) {
        JsonNode value = fields.get(field);
        return value == null || value.isNull() ? MissingNode.getInstance() : value;
    }

    /** Returns the field's text; empty if it is absent, which the validation of the command reports as missing. */
    public String text(String field) {
        String text = optionalText(field);
        return text == null ? "" : text;
    }

    /** Returns whether the field has a text. */
    public boolean isText(String field) {
        return value(field).isTextual();
    }

    /** Returns the field's text, or null if it is absent. */
    @Nullable
    public String optionalText(String field) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ChatException.invalid(field);
        }
        return value.textValue().isEmpty() ? null : value.textValue();
    }

    /** Returns the field's whole number, or null if it is absent. Reads 3.0 and 3e0 as 3. */
    @Nullable
    public Long optionalLong(String field) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isNumber()) {
            throw ChatException.invalid(field);
        }
        if (value.canConvertToLong() && value.isIntegralNumber()) {
            return value.longValue();
        }
        try {
            return value.decimalValue().longValueExact();
        } catch (ArithmeticException fractionalOrTooLarge) {
            throw ChatException.invalid(field);
        }
    }

    /**
     * Returns the field's whole number.
     *
     * @throws ChatException if it is absent or not a whole number
     */
    public long number(String field) {
        Long value = optionalLong(field);
        if (value == null) {
            throw ChatException.missing(field);
        }
        return value;
    }

    /** Returns the field's whole number, limited to the range of an int, or null if it is absent. */
    @Nullable
    public Integer optionalInt(String field) {
        Long value = optionalLong(field);
        return value == null ? null : (int) Math.min(Math.max(value, Integer.MIN_VALUE), Integer.MAX_VALUE);
    }

    /** Returns the texts of a list; empty if it is absent. A refusal names the index of the element. */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(field)) {
            if (!element.isTextual()) {
                throw ChatException.invalid(field).inEntry(field, texts.size());
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** Reads the objects of a list; empty if it is absent. A refusal names the index of the object. */
    public <T> List<T> objects(String field, Function<Payload, T> reader) {
        List<T> objects = new ArrayList<>();
        for (JsonNode element : array(field)) {
            try {
                objects.add(reader.apply(object(field, element)));
            } catch (ChatException refusal) {
                throw refusal.inEntry(field, objects.size());
            }
        }
        return objects;
    }

    private static Payload object(String field, JsonNode element) {
        if (!element.isObject()) {
            throw ChatException.invalid(field);
        }
        return new Payload(element);
    }

    /** Returns the elements of a list, of any type; empty if it is absent. */
    public List<JsonNode> elements(String field) {
        List<JsonNode> elements = new ArrayList<>();
        array(field).forEach(elements::add);
        return elements;
    }

    private JsonNode array(String field) {
        JsonNode value = value(field);
        if (!value.isMissingNode() && (!value.isArray() || value.size() > MAX_ELEMENTS)) {
            throw ChatException.invalid(field);
        }
        return value;
    }

    /** Returns the field's boolean, or null if it is absent. */
    @Nullable
    public Boolean optionalBoolean(String field) {
        JsonNode value = value(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw ChatException.invalid(field);
        }
        return value.isMissingNode() ? null : value.booleanValue();
    }

    /** Returns the texts in the field's object by their names; empty if it is absent. */
    public Map<String, String> optionalTexts(String field) {
        Payload object = optionalPayload(field);
        Map<String, String> texts = new HashMap<>();
        if (object != null) {
            object.fields.fieldNames().forEachRemaining(name -> {
                if (!object.isText(name)) {
                    throw ChatException.invalid(field + "." + name);
                }
                texts.put(name, object.text(name));
            });
        }
        return texts;
    }

    /** Returns the field's time in whole milliseconds, or null if it is absent. The text is a time in ISO 8601. */
    @Nullable
    public Instant optionalTime(String field) {
        String text = optionalText(field);
        if (text == null) {
            return null;
        }
        return WireTime.parse(text).orElseThrow(() -> ChatException.invalid(field));
    }

    /** Returns a reader of the field's object, or null if it is absent. */
    @Nullable
    public Payload optionalPayload(String field) {
        JsonNode value = value(field);
        return value.isMissingNode() ? null : object(field, value);
    }

    /** Returns whether the field is present and not an empty text. It may be null. */
    public boolean names(String field) {
        return fields.has(field) && !isEmptyText(fields.get(field));
    }

    /** Returns whether the field is present and not null. */
    public boolean has(String field) {
        return !value(field).isMissingNode();
    }

    /** Returns whether the field is present, not null and not an empty text. */
    public boolean hasValue(String field) {
        JsonNode value = value(field);
        return !value.isMissingNode() && !isEmptyText(value);
    }

    private static boolean isEmptyText(JsonNode value) {
        return value.isTextual() && value.textValue().isEmpty();
    }

    /** Returns the field's position, or null if it is absent. A missing part of a position is 0. */
    @Nullable
    public Position optionalPosition(String field) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isObject()) {
            throw ChatException.invalid(field);
        }
        Payload position = new Payload(value);
        return new Position(position.count(JsonFields.SEQ), position.count(JsonFields.VERSION));
    }

    private long count(String field) {
        Long value = optionalLong(field);
        if (value != null && value < 0) {
            throw ChatException.invalid(field);
        }
        return value == null ? 0 : value;
    }

    /**
     * Returns the field's object as JSON that is equivalent to the client's, or null if it is absent.
     *
     * @throws ChatException if it is not an object, is nested deeper than {@value #MAX_DEPTH}, or holds a value that
     *     JavaScript could not read back: a number out of its range, or a field that changes an object's prototype
     */
    @Nullable
    public String optionalObject(String field) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isObject() || !isReadable(value, MAX_DEPTH)) {
            throw ChatException.invalid(field);
        }
        return value.toString();
    }

    /**
     * Returns the field's value of any type as JSON that is equivalent to the client's, or null if it is absent.
     *
     * @throws ChatException if it is nested deeper than {@value #MAX_DEPTH}, or holds a value that JavaScript could not
     *     read back, as in {@link #optionalObject}
     */
    @Nullable
    public String optionalJson(String field) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (!isReadable(value, MAX_DEPTH)) {
            throw ChatException.invalid(field);
        }
        return value.toString();
    }

    private static boolean isReadable(JsonNode value, int levels) {
        if (!value.isContainerNode()) {
            return !value.isNumber() || Double.isFinite(value.doubleValue());
        }
        if (levels == 0 || value.has("__proto__")) {
            return false;
        }
        for (JsonNode child : value) {
            if (!isReadable(child, levels - 1)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the field's text for an error report; empty unless it is a text of at most {@value #ECHO_LENGTH}. */
    public static Optional<String> echo(JsonNode argument, String field) {
        JsonNode value = argument.path(field);
        boolean plain = value.isTextual() && value.textValue().length() <= ECHO_LENGTH;
        return plain ? Optional.of(value.textValue()) : Optional.empty();
    }
}
