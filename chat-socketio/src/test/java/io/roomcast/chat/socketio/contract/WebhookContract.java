package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The calls of webhooks: what the server sends to the endpoint of a host. */
final class WebhookContract {
    private static final Shape REFERENCE = Shape.empty()
            .with("conversationId", TEXT)
            .with("messageId", TEXT)
            .with("seq", COUNT)
            .with("version", COUNT)
            .with("truncated", Scalar.constant(BooleanNode.TRUE), "The event is too large. Read the message.");

    /** The bodies by their types. */
    static final Map<String, Shape> BODIES = bodies();

    private static final Map<String, String> SUMMARIES = Map.of(
            "message.sent", "A message was stored.",
            "message.edited", "A message was changed: its content, a reaction, a pin or an annotation.",
            "message.deleted", "The content of a message was deleted.");

    private WebhookContract() {}

    private static Map<String, Shape> bodies() {
        Map<String, Shape> bodies = new LinkedHashMap<>();
        bodies.put("message.sent", body("message.sent", "receiveMessage"));
        bodies.put("message.edited", body("message.edited", "messageEdited"));
        bodies.put("message.deleted", body("message.deleted", "messageDeleted"));
        return bodies;
    }

    private static Shape body(String type, String event) {
        Named payload = WireContract.NOTICES.stream()
                .filter(notice -> notice.name().equals(event))
                .findFirst()
                .orElseThrow()
                .payload();
        return Shape.empty()
                .with("type", Scalar.constant(TextNode.valueOf(type)))
                .with(
                        "timestamp",
                        TIME,
                        "When it happened; of a reaction, a pin or an annotation, when the message was sent.")
                .with("data", Either.of(payload, REFERENCE));
    }

    /** Returns the calls as the webhooks of an OpenAPI document. */
    static ObjectNode webhooks() {
        ObjectNode webhooks = Nodes.object();
        BODIES.forEach((type, body) -> webhooks.putObject(type).set("post", operation(type, body)));
        return webhooks;
    }

    private static ObjectNode operation(String type, Shape body) {
        ObjectNode operation = Nodes.of("operationId", type).put("summary", SUMMARIES.get(type));
        operation.putArray("tags").add("Webhooks");
        operation.putArray("security");
        operation.set("parameters", headers());
        ObjectNode request = operation.putObject("requestBody").put("required", true);
        request.putObject("content").putObject("application/json").set("schema", body.schema());
        ObjectNode responses = operation.putObject("responses");
        responses.set("2XX", Nodes.of("description", "The event is accepted."));
        responses.set("410", Nodes.of("description", "The webhook is paused."));
        responses.set("default", Nodes.of("description", "The event is sent again, after Retry-After if present."));
        return operation;
    }

    private static ArrayNode headers() {
        ArrayNode headers = Nodes.array();
        Stream.of(
                        header("webhook-id", "Identifies the event; the same at each attempt.", TEXT),
                        header("webhook-timestamp", "When the call was made, in seconds since 1970.", COUNT),
                        header("webhook-signature", "By Standard Webhooks; one for each secret.", TEXT))
                .forEach(headers::add);
        return headers;
    }

    private static ObjectNode header(String name, String description, Type type) {
        return Nodes.of("name", name)
                .put("in", "header")
                .put("required", true)
                .put("description", description)
                .set("schema", type.schema());
    }
}
