package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import java.util.List;
import java.util.regex.Pattern;

/** Converts HTTP requests to the arguments that the corresponding Socket.IO events have. */
final class ApiArguments {
    /** The form of a number, as opposed to the id of a message. */
    private static final Pattern SEQ = Pattern.compile("-?[0-9.]{1,20}");

    private ApiArguments() {}

    /** Returns the JSON body. */
    static ObjectNode body(HttpExchange exchange, String unused) {
        return JsonBody.read(exchange);
    }

    /** Returns the JSON body with the conversation of the path. */
    static ObjectNode inConversation(HttpExchange exchange, String conversationId) {
        return merged(body(exchange, conversationId), JsonFields.CONVERSATION_ID, conversationId, "the path");
    }

    /** Returns a message from the body, with the {@code Idempotency-Key} header as its {@code clientMessageId}. */
    static ObjectNode message(HttpExchange exchange, String conversationId) {
        return withKey(exchange, inConversation(exchange, conversationId));
    }

    /** Returns a message whose conversation is named in the body. */
    static ObjectNode message(HttpExchange exchange) {
        return withKey(exchange, JsonBody.read(exchange));
    }

    private static ObjectNode withKey(HttpExchange exchange, ObjectNode argument) {
        String key = header(exchange, "idempotency-key");
        return key.isEmpty()
                ? argument
                : merged(argument, JsonFields.CLIENT_MESSAGE_ID, key, "the Idempotency-Key header");
    }

    /** Sets a field. The body may repeat its value but not contradict it. */
    private static ObjectNode merged(ObjectNode argument, String field, String value, String source) {
        JsonNode given = argument.path(field);
        if (!isAbsent(given) && !value.equals(given.textValue())) {
            throw ChatException.invalid(field, "as in " + source + ", or none");
        }
        return argument.put(field, value);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isEmpty());
    }

    /**
     * Returns the value of a header; empty if it is absent.
     *
     * @throws ChatException if the header is repeated
     */
    static String header(HttpExchange exchange, String name) {
        return single(exchange.headers().getAll(name), name);
    }

    /** Returns the value of a query parameter; empty if it is absent. */
    private static String parameter(HttpExchange exchange, String name) {
        return single(exchange.parameter(name), name);
    }

    private static String single(List<String> values, String name) {
        if (values.size() > 1) {
            throw ChatException.invalid(name, "one value");
        }
        return values.isEmpty() ? "" : values.get(0);
    }

    /** Returns the conversation of the path. */
    static ObjectNode conversation(HttpExchange unused, String conversationId) {
        return Json.object().put(JsonFields.CONVERSATION_ID, conversationId);
    }

    /** Returns the query parameters of a page of history. */
    static ObjectNode page(HttpExchange exchange, String conversationId) {
        ObjectNode argument = conversation(exchange, conversationId);
        for (String name : List.of("before", "after", "limit")) {
            number(exchange, name, argument, name);
        }
        numberOrId(exchange, "around", argument);
        return argument;
    }

    /** Reads a number of digits as one, unless it is as long as an id. */
    private static void numberOrId(HttpExchange exchange, String name, ObjectNode argument) {
        boolean isNumber = SEQ.matcher(parameter(exchange, name)).matches();
        if (isNumber) {
            number(exchange, name, argument, name);
        } else {
            text(exchange, name, argument);
        }
    }

    /** Returns the query parameters of a sync request. */
    static ObjectNode sync(HttpExchange exchange, String conversationId) {
        ObjectNode argument = conversation(exchange, conversationId);
        ObjectNode after = argument.putObject("after");
        number(exchange, "afterSeq", after, "seq");
        number(exchange, "afterVersion", after, "version");
        text(exchange, "epoch", argument);
        number(exchange, "limit", argument, "limit");
        return argument;
    }

    /** Returns the query parameters of a page of conversations. */
    static ObjectNode list(HttpExchange exchange, String unused) {
        ObjectNode argument = Json.object();
        text(exchange, "after", argument);
        text(exchange, "filter", argument);
        number(exchange, "limit", argument, "limit");
        return argument;
    }

    private static void text(HttpExchange exchange, String name, ObjectNode argument) {
        String value = parameter(exchange, name);
        if (!value.isEmpty()) {
            argument.put(name, value);
        }
    }

    /** Reads a number with the syntax of JSON, as in a body. Treats an empty value as absent. */
    private static void number(HttpExchange exchange, String name, ObjectNode argument, String field) {
        String value = parameter(exchange, name);
        if (!value.isEmpty()) {
            argument.set(
                    field, Json.parse(value).filter(JsonNode::isNumber).orElseThrow(() -> ChatException.invalid(name)));
        }
    }
}
