package io.roomcast.chat.socketio.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.transport.HttpExchange;
import io.roomcast.chat.socketio.internal.wire.Fields;
import io.roomcast.chat.socketio.internal.wire.Json;
import java.util.List;

/** Makes of requests what the same events have as their arguments. */
final class ApiArguments {
    private ApiArguments() {}

    static ObjectNode body(HttpExchange exchange, String unnamed) {
        return JsonBody.read(exchange);
    }

    static ObjectNode inConversation(HttpExchange exchange, String conversationId) {
        return body(exchange, conversationId).put(Fields.CONVERSATION_ID, conversationId);
    }

    static ObjectNode message(HttpExchange exchange, String conversationId) {
        ObjectNode argument = inConversation(exchange, conversationId);
        String key = exchange.headers().get("idempotency-key");
        return key == null ? argument : argument.put(Fields.CLIENT_MESSAGE_ID, key);
    }

    static ObjectNode page(HttpExchange exchange, String conversationId) {
        ObjectNode argument = Json.object().put(Fields.CONVERSATION_ID, conversationId);
        for (String name : List.of("before", "after", "around", "limit")) {
            number(exchange, name, argument, name);
        }
        return argument;
    }

    static ObjectNode sync(HttpExchange exchange, String conversationId) {
        ObjectNode argument = Json.object().put(Fields.CONVERSATION_ID, conversationId);
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
        exchange.parameter(name).forEach(value -> argument.put(name, value));
    }

    /** Reads a number as JSON defines it, so that it means the same as in a body. An empty value counts as absent. */
    private static void number(HttpExchange exchange, String name, ObjectNode argument, String field) {
        for (String value : exchange.parameter(name)) {
            if (!value.isEmpty()) {
                JsonNode number =
                        Json.parse(value).filter(JsonNode::isNumber).orElseThrow(() -> ChatException.invalid(name));
                argument.set(field, number);
            }
        }
    }
}
