package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import java.util.List;

/** Makes of requests what the same events have as their arguments. */
final class ApiArguments {
    private ApiArguments() {}

    static ObjectNode body(HttpExchange exchange, String unnamed) {
        return JsonBody.read(exchange);
    }

    static ObjectNode inConversation(HttpExchange exchange, String conversationId) {
        return agreed(body(exchange, conversationId), JsonFields.CONVERSATION_ID, conversationId, "the path");
    }

    static ObjectNode message(HttpExchange exchange, String conversationId) {
        ObjectNode argument = inConversation(exchange, conversationId);
        String key = header(exchange, "idempotency-key");
        return key.isEmpty()
                ? argument
                : agreed(argument, JsonFields.CLIENT_MESSAGE_ID, key, "the Idempotency-Key header");
    }

    /** Sets a field that the body may repeat but not contradict. */
    private static ObjectNode agreed(ObjectNode argument, String field, String value, String source) {
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
     * @throws ChatException if there is more than one
     */
    static String header(HttpExchange exchange, String name) {
        return only(exchange.headers().getAll(name), name);
    }

    /** Returns the value of a query parameter; empty if it is absent. */
    private static String parameter(HttpExchange exchange, String name) {
        return only(exchange.parameter(name), name);
    }

    private static String only(List<String> values, String name) {
        if (values.size() > 1) {
            throw ChatException.invalid(name, "one value");
        }
        return values.isEmpty() ? "" : values.get(0);
    }

    static ObjectNode page(HttpExchange exchange, String conversationId) {
        ObjectNode argument = Json.object().put(JsonFields.CONVERSATION_ID, conversationId);
        for (String name : List.of("before", "after", "around", "limit")) {
            number(exchange, name, argument, name);
        }
        return argument;
    }

    static ObjectNode sync(HttpExchange exchange, String conversationId) {
        ObjectNode argument = Json.object().put(JsonFields.CONVERSATION_ID, conversationId);
        ObjectNode after = argument.putObject("after");
        number(exchange, "afterSeq", after, "seq");
        number(exchange, "afterVersion", after, "version");
        text(exchange, "epoch", argument);
        number(exchange, "limit", argument, "limit");
        return argument;
    }

    static ObjectNode list(HttpExchange exchange, String unnamed) {
        ObjectNode argument = Json.object();
        text(exchange, "after", argument);
        number(exchange, "limit", argument, "limit");
        return argument;
    }

    private static void text(HttpExchange exchange, String name, ObjectNode argument) {
        String value = parameter(exchange, name);
        if (!value.isEmpty()) {
            argument.put(name, value);
        }
    }

    /** Reads a number as JSON defines it, so that it means the same as in a body. An empty value counts as absent. */
    private static void number(HttpExchange exchange, String name, ObjectNode argument, String field) {
        String value = parameter(exchange, name);
        if (!value.isEmpty()) {
            argument.set(
                    field, Json.parse(value).filter(JsonNode::isNumber).orElseThrow(() -> ChatException.invalid(name)));
        }
    }
}
