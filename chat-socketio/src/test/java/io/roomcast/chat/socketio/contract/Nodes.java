package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Creates JSON nodes. */
final class Nodes {
    private Nodes() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode of(String field, String value) {
        return object().put(field, value);
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
