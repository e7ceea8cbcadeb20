package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** An object whose keys are not known in advance. */
record MapOf(Type value) implements Type {
    @Override
    public String typescript(String indent) {
        return "Record<string, " + value.typescript(indent) + ">";
    }

    @Override
    public JsonNode schema() {
        return Nodes.of("type", "object").set("additionalProperties", value.schema());
    }

    @Override
    public JsonNode sample(boolean full) {
        return Nodes.object().set("x", value.sample(full));
    }

    @Override
    public void check(JsonNode map, String path, Findings findings) {
        findings.require(map.isObject(), path, "an object");
        map.forEach(found -> value.check(found, path + ".*", findings));
    }
}
