package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Writes the contract as an AsyncAPI document, from the server's point of view: it receives what clients ask. */
final class AsyncApiFile {
    private static final String HEAD = "# Written by the server's build; do not edit.\n";
    private static final String CHANNELS = "#/channels/";
    private static final String CHAT = "chat";
    private static final String ACKS = "acks";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(Feature.WRITE_DOC_START_MARKER)
            .disable(Feature.SPLIT_LINES)
            .enable(Feature.MINIMIZE_QUOTES)
            .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private final ObjectNode chat = Nodes.object();
    private final ObjectNode acks = Nodes.object();
    private final ObjectNode operations = Nodes.object();

    private AsyncApiFile() {}

    static String print() {
        try {
            return HEAD + YAML.writeValueAsString(new AsyncApiFile().document());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ObjectNode document() {
        connect();
        WireContract.REQUESTS.forEach(this::request);
        WireContract.NOTICES.forEach(this::notice);
        ObjectNode document = Nodes.of("asyncapi", "3.1.0");
        document.set("info", info());
        document.put("defaultContentType", "application/json");
        document.set("servers", Nodes.object().set("local", server()));
        document.set(
                "channels", Nodes.object().<ObjectNode>set(CHAT, chatChannel()).set(ACKS, ackChannel()));
        document.set("operations", operations);
        document.set("components", Nodes.object().set("schemas", schemas()));
        return document;
    }

    private static ObjectNode info() {
        ObjectNode info = Nodes.of("title", "Roomcast")
                .put("version", "1")
                .put("description", "What the chat server and its Socket.IO clients tell each other.");
        info.putObject("license").put("name", "Apache-2.0").put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        return info;
    }

    private static ObjectNode server() {
        return Nodes.of("host", "localhost:3001")
                .put("pathname", "/socket.io/")
                .put("protocol", "socketio")
                .put("description", "Socket.IO protocol 5 over WebSocket and long-polling.");
    }

    private ObjectNode chatChannel() {
        return Nodes.of("address", "/")
                .put("description", "The main namespace; a message is an event with one argument, its payload.")
                .set("messages", chat);
    }

    private ObjectNode ackChannel() {
        return Nodes.object()
                .putNull("address")
                .put("description", "The acknowledgements of events.")
                .set("messages", acks);
    }

    private void connect() {
        chat.set("connect", message("What a client says as it connects.", Shapes.HANDSHAKE.schema()));
        acks.set("connect_error", message("Why a client is not let in.", Shapes.DENIAL.schema()));
        operations.set("connect", operation("receive", "Lets a client in.", "connect", reply("connect_error")));
    }

    private void request(Request request) {
        String ack = request.name() + "Ack";
        chat.set(request.name(), message(request.says(), request.payload().schema()));
        acks.set(ack, message("The answer to " + request.name() + ".", answer(request)));
        String failure = "Without an ack, " + request.wire().failure() + " tells of a failure.";
        ObjectNode operation = operation("receive", request.says(), request.name(), reply(ack));
        operations.set(request.name(), operation.put("description", failure));
    }

    private static JsonNode answer(Request request) {
        return Either.of(request.answer(), Shapes.FAILURE).schema();
    }

    private void notice(Notice notice) {
        chat.set(notice.name(), message(notice.says(), notice.payload().schema()));
        operations.set(notice.name(), operation("send", notice.says(), notice.name(), Nodes.object()));
    }

    private static ObjectNode message(String says, JsonNode payload) {
        return Nodes.of("summary", says).set("payload", payload);
    }

    private static ObjectNode operation(String action, String says, String message, ObjectNode more) {
        ObjectNode operation = Nodes.of("action", action).put("summary", says);
        operation.set("channel", Nodes.of("$ref", CHANNELS + CHAT));
        operation.set("messages", references(CHAT, message));
        return operation.setAll(more);
    }

    private static ObjectNode reply(String message) {
        ObjectNode reply = Nodes.object();
        reply.putObject("reply")
                .<ObjectNode>set("channel", Nodes.of("$ref", CHANNELS + ACKS))
                .set("messages", references(ACKS, message));
        return reply;
    }

    private static ArrayNode references(String channel, String message) {
        return Nodes.array().add(Nodes.of("$ref", CHANNELS + channel + "/messages/" + message));
    }

    private static ObjectNode schemas() {
        ObjectNode schemas = Nodes.object();
        WireContract.named().forEach(named -> schemas.set(named.name(), schema(named)));
        return schemas;
    }

    private static JsonNode schema(Named named) {
        JsonNode schema = named.type().schema();
        return schema.has("$ref")
                ? schema
                : Nodes.of("description", named.says()).setAll((ObjectNode) schema);
    }
}
