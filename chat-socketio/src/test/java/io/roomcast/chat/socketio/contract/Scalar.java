package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * A value without parts.
 *
 * @param typescript its type in TypeScript
 * @param schema its JSON schema
 * @param sample a value of the type
 * @param matcher returns whether a value is of the type
 */
record Scalar(String typescript, JsonNode schema, JsonNode sample, Predicate<JsonNode> matcher) implements Type {
    static final Scalar TEXT =
            new Scalar("string", Nodes.of("type", "string"), TextNode.valueOf("x"), JsonNode::isTextual);

    static final Scalar COUNT = new Scalar(
            "number",
            Nodes.of("type", "integer").put("minimum", 0).put("maximum", (1L << 53) - 1),
            LongNode.valueOf(1),
            value -> value.isIntegralNumber() && value.longValue() >= 0);

    static final Scalar FLAG =
            new Scalar("boolean", Nodes.of("type", "boolean"), BooleanNode.TRUE, JsonNode::isBoolean);

    static final Scalar TIME = new Scalar(
            "string",
            Nodes.of("type", "string").put("format", "date-time"),
            TextNode.valueOf(Instant.EPOCH.toString()),
            value -> value.asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));

    /** An opaque text that the server creates and reads; the sample is a valid cursor. */
    static final Scalar CURSOR =
            new Scalar("string", Nodes.of("type", "string"), TextNode.valueOf("MCB4"), JsonNode::isTextual);

    /** Any value, which the server does not interpret. */
    static final Scalar ANY =
            new Scalar("unknown", Nodes.object(), Nodes.object().put("any", 1), value -> true);

    /** An object that the server stores and does not interpret. */
    static final Scalar ANY_OBJECT = new Scalar(
            "Record<string, unknown>",
            Nodes.of("type", "object"),
            Nodes.object().put("any", 1),
            JsonNode::isObject);

    /** Returns a text of a form that the sample shows. */
    static Scalar textLike(String sample) {
        return new Scalar("string", TEXT.schema(), TextNode.valueOf(sample), JsonNode::isTextual);
    }

    /** Returns a type with a single value. */
    static Scalar constant(JsonNode value) {
        return new Scalar(
                value.toString(),
                Nodes.object().set("const", value),
                value,
                found -> found.toString().equals(value.toString()));
    }

    @Override
    public String typescript(String indent) {
        return typescript;
    }

    @Override
    public JsonNode sample(boolean full) {
        return sample;
    }

    @Override
    public void check(JsonNode value, String path, Findings findings) {
        findings.require(matcher.test(value), path, schema + ", found " + value);
    }
}
