package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A value of a type, or null. */
record OrNull(Type type) implements Type {
    @Override
    public String typescript(String indent) {
        return type.typescript(indent) + " | null";
    }

    @Override
    public JsonNode schema() {
        ObjectNode schema = Nodes.object();
        schema.putArray("anyOf").add(type.schema()).add(Nodes.of("type", "null"));
        return schema;
    }

    @Override
    public JsonNode sample(boolean full) {
        return type.sample(full);
    }

    @Override
    public void check(JsonNode value, String path, Findings findings) {
        if (!value.isNull()) {
            type.check(value, path, findings);
        }
    }
}
