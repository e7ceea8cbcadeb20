package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** A list of values. */
record ListOf(Type element) implements Type {
    @Override
    public String typescript(String indent) {
        String type = element.typescript(indent);
        return type.matches("\\w+") ? type + "[]" : "Array<" + type + ">";
    }

    @Override
    public JsonNode schema() {
        return Nodes.of("type", "array").set("items", element.schema());
    }

    @Override
    public JsonNode sample(boolean full) {
        return Nodes.array().add(element.sample(full));
    }

    @Override
    public void check(JsonNode value, String path, Findings findings) {
        findings.require(value.isArray(), path, "a list");
        value.forEach(found -> element.check(found, path + "[]", findings));
    }
}
