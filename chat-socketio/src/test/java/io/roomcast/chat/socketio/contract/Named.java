package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A type that both files give a name; elsewhere it is but referred to.
 *
 * @param name its name
 * @param says what it is, in one sentence
 * @param type what it stands for
 */
record Named(String name, String says, Type type) implements Type {
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
