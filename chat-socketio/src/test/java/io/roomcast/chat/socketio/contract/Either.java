package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A value of one of several types. */
record Either(List<Type> alternatives) implements Type {
    static Either of(Type... alternatives) {
        return new Either(List.of(alternatives));
    }

    @Override
    public String typescript(String indent) {
        return alternatives.stream()
                .map(alternative -> alternative.typescript(indent))
                .collect(Collectors.joining(" | "));
    }

    @Override
    public JsonNode schema() {
        ObjectNode schema = Nodes.object();
        ArrayNode anyOf = schema.putArray("anyOf");
        alternatives.forEach(alternative -> anyOf.add(alternative.schema()));
        return schema;
    }

    @Override
    public JsonNode sample(boolean full) {
        return alternatives.get(0).sample(full);
    }

    @Override
    public void check(JsonNode value, String path, Findings findings) {
        for (int i = 0; i < alternatives.size(); i++) {
            Findings attempt = new Findings();
            alternatives.get(i).check(value, path + "(" + i + ")", attempt);
            if (attempt.complaints().isEmpty()) {
                findings.addAll(attempt);
                return;
            }
        }
        findings.complain(path, "expected one of " + alternatives.size() + " forms, found " + value);
    }
}
