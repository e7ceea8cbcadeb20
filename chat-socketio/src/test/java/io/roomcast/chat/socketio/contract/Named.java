package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A type with a name, which both files declare once and refer to.
 *
 * @param name its name
 * @param description a sentence about it
 * @param type the declared type
 */
record Named(String name, String description, Type type) implements Type {
    @Override
    public String typescript(String indent) {
        return name;
    }

    @Override
    public JsonNode schema() {
        return Nodes.of("$ref", "#/components/schemas/" + name);
    }

    @Override
    public JsonNode sample(boolean full) {
        return type.sample(full);
    }

    @Override
    public void check(JsonNode value, String path, Findings findings) {
        type.check(value, path, findings);
    }
}
