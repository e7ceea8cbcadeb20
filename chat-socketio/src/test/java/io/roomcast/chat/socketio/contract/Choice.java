package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text that is one of several names. */
record Choice(List<String> names) implements Type {
    static Choice of(String... names) {
        return new Choice(List.of(names));
    }

    static <E extends Enum<E>> Choice of(E[] constants, Function<E, String> wireName) {
        return new Choice(Stream.of(constants).map(wireName).toList());
    }

    @Override
    public String typescript(String indent) {
        String inLine = names.stream().map(Choice::quoted).collect(Collectors.joining(" | "));
        String inLines = names.stream()
                .map(name -> "\n" + indent + "  | " + quoted(name))
                .collect(Collectors.joining());
        return inLine.length() < 80 ? inLine : inLines;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    @Override
    public JsonNode schema() {
        ObjectNode schema = Nodes.of("type", "string");
        ArrayNode all = schema.putArray("enum");
        names.forEach(all::add);
        return schema;
    }

    @Override
    public JsonNode sample(boolean full) {
        return TextNode.valueOf(names.get(0));
    }

    @Override
    public void check(JsonNode value, String path, Findings findings) {
        findings.require(value.isTextual() && names.contains(value.textValue()), path, "one of " + names);
    }
}
