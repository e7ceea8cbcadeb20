package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An object with known fields. */
record Shape(List<Field> fields) implements Type {
    /** An object without fields. */
    static Shape empty() {
        return new Shape(List.of());
    }

    Shape with(String name, Type type) {
        return with(name, type, "");
    }

    Shape with(String name, Type type, String description) {
        return and(new Shape(List.of(new Field(name, type, true, description))));
    }

    Shape maybe(String name, Type type) {
        return maybe(name, type, "");
    }

    Shape maybe(String name, Type type, String description) {
        return and(new Shape(List.of(new Field(name, type, false, description))));
    }

    /** Returns a shape with the fields of both. */
    Shape and(Shape other) {
        List<Field> all = new ArrayList<>(fields);
        all.addAll(other.fields);
        return new Shape(List.copyOf(all));
    }

    Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    @Override
    public String typescript(String indent) {
        boolean isPart = !indent.isEmpty() && fields.size() <= 3;
        return isPart && fields.stream().allMatch(field -> field.description().isEmpty()) ? inLine() : inLines(indent);
    }

    private String inLine() {
        return fields.stream().map(field -> declaration(field, " ")).collect(Collectors.joining("; ", "{ ", " }"));
    }

    private String inLines(String indent) {
        StringBuilder text = new StringBuilder("{\n");
        for (Field field : fields) {
            text.append(comment(field, indent + "  "))
                    .append(indent + "  ")
                    .append(declaration(field, indent + "  "))
                    .append(";\n");
        }
        return text.append(indent).append("}").toString();
    }

    private static String declaration(Field field, String indent) {
        return field.name() + (field.required() ? ": " : "?: ") + field.type().typescript(indent);
    }

    private static String comment(Field field, String indent) {
        return field.description().isEmpty() ? "" : indent + "/** " + field.description() + " */\n";
    }

    @Override
    public JsonNode schema() {
        ObjectNode schema = Nodes.of("type", "object");
        ArrayNode required = Nodes.array();
        fields.stream().filter(Field::required).forEach(field -> required.add(field.name()));
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        ObjectNode properties = schema.putObject("properties");
        fields.forEach(field -> properties.set(field.name(), schema(field)));
        return schema;
    }

    /** Returns the schema with the description. JSON Schema 7 ignores one beside a reference. */
    private static JsonNode schema(Field field) {
        JsonNode schema = field.type().schema();
        boolean isSilent = field.description().isEmpty() || schema.has("$ref");
        return isSilent ? schema : Nodes.of("description", field.description()).setAll((ObjectNode) schema);
    }

    @Override
    public ObjectNode sample(boolean full) {
        ObjectNode sample = Nodes.object();
        fields.stream()
                .filter(field -> full || field.required())
                .forEach(field -> sample.set(field.name(), field.type().sample(full)));
        return sample;
    }

    @Override
    public void check(JsonNode value, String path, Findings findings) {
        findings.require(value.isObject(), path, "an object");
        for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            findings.require(field(name).isPresent(), path, "no field " + name);
        }
        fields.forEach(field -> check(field, value.get(field.name()), path + "." + field.name(), findings));
    }

    private static void check(Field field, JsonNode value, String path, Findings findings) {
        if (field.required()) {
            findings.require(value != null, path, "a value");
        } else {
            findings.saw(path, value != null);
        }
        if (value != null) {
            field.type().check(value, path, findings);
        }
    }
}
