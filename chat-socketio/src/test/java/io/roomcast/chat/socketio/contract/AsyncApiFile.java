package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the contract as an AsyncAPI document, from the server's point of view: it receives the events of clients. */
final class AsyncApiFile {
    private static final String CHANNELS = "#/channels/";
    private static final String CHAT = "chat";
    private static final String ACKS = "acks";

    private final ObjectNode chat = Nodes.object();
    private final ObjectNode acks = Nodes.object();
    private final ObjectNode operations = Nodes.object();

    private AsyncApiFile() {}

    static String print() {
        return Yaml.print(new AsyncApiFile().document());
    }

    private ObjectNode document() {
        connect();
        WireContract.REQUESTS.forEach(this::request);
        WireContract.NOTICES.forEach(this::notice);
        ObjectNode document = Nodes.of("asyncapi", "3.1.0");
        document.set("info", Yaml.info("The events of the chat server and its Socket.IO clients."));
        document.put("defaultContentType", "application/json");
        document.set("servers", Nodes.object().set("local", server()));
        document.set(
                "channels", Nodes.object().<ObjectNode>set(CHAT, chatChannel()).set(ACKS, ackChannel()));
        document.set("operations", operations);
        document.set("components", Nodes.object().set("schemas", schemas()));
        return document;
    }

    private static ObjectNode server() {
        return Nodes.of("host", "localhost:3001")
                .put("pathname", "/socket.io/")
                .put("protocol", "socketio")
                .put("description", "Socket.IO protocol 5 over WebSocket and long-polling.");
    }

    private ObjectNode chatChannel() {
        return Nodes.of("address", "/")
                .put("description", "The main namespace. A message is an event with one argument, its payload.")
                .set("messages", chat);
    }

    private ObjectNode ackChannel() {
        return Nodes.object()
                .putNull("address")
                .put("description", "The acknowledgements of events.")
                .set("messages", acks);
    }

    private void connect() {
        chat.set("connect", message("The payload of a client's CONNECT packet.", SessionContract.HANDSHAKE.schema()));
        acks.set("connect_error", message("Why a client is refused.", SessionContract.DENIAL.schema()));
        operations.set("connect", operation("receive", "Authenticates a client.", "connect", reply("connect_error")));
    }

    private void request(Request request) {
        String ack = request.name() + "Ack";
        chat.set(request.name(), message(request.summary(), request.payload().schema()));
        acks.set(ack, message("The answer to " + request.name() + ".", answer(request)));
        String failure = "Without an ack, " + request.wire().failure() + " reports a failure.";
        ObjectNode operation = operation("receive", request.summary(), request.name(), reply(ack));
        operations.set(request.name(), operation.put("description", failure));
    }

    private static JsonNode answer(Request request) {
        return Either.of(request.answer(), Shapes.FAILURE).schema();
    }

    private void notice(Notice notice) {
        chat.set(notice.name(), message(notice.summary(), notice.payload().schema()));
        operations.set(notice.name(), operation("send", notice.summary(), notice.name(), Nodes.object()));
    }

    private static ObjectNode message(String summary, JsonNode payload) {
        return Nodes.of("summary", summary).set("payload", payload);
    }

    private static ObjectNode operation(String action, String summary, String message, ObjectNode more) {
        ObjectNode operation = Nodes.of("action", action).put("summary", summary);
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
        WireContract.named().forEach(named -> schemas.set(named.name(), Yaml.schema(named)));
        return schemas;
    }
}
