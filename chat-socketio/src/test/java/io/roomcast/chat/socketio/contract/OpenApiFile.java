package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the requests over HTTP as an OpenAPI document: each event has a path, and some commands another one.
 * The calls of webhooks are its webhooks.
 */
final class OpenApiFile {
    private static final String CONVERSATION_ID = "conversationId";
    private static final String CONVERSATIONS = "/api/conversations";
    private static final String ONE = CONVERSATIONS + "/{conversationId}";
    private static final String EVENTS = "Events";
    private static final String IN_PATHS = "Conversations";
    private static final String SERVER = "Server";
    private static final String SCHEMAS = "#/components/schemas/";

    /** The events that concern a client's connection, so that there is no request over HTTP for them. */
    static final Set<String> OF_CONNECTIONS = Set.of(
            "acceptCall",
            "endCall",
            "getIceServers",
            "joinRoom",
            "joinRooms",
            "leaveRoom",
            "refreshToken",
            "rejoinCall",
            "setPresence",
            "signalCall",
            "startCall",
            "stopTyping",
            "stopViewing",
            "subscribePresence",
            "typing",
            "unsubscribePresence",
            "updateCall",
            "viewing");

    private final Map<String, Request> requests =
            WireContract.REQUESTS.stream().collect(Collectors.toMap(Request::name, Function.identity()));
    private final ObjectNode paths = Nodes.object();
    private final ObjectNode webhooks = WebhookContract.webhooks();

    private OpenApiFile() {}

    static String print() {
        return Yaml.print(new OpenApiFile().document());
    }

    private ObjectNode document() {
        WireContract.REQUESTS.stream()
                .filter(request -> !OF_CONNECTIONS.contains(request.name()))
                .forEach(this::event);
        conversations();
        new UploadPaths(
                        paths,
                        requests.get("getUpload").answer().schema(),
                        refusal("The request is refused, or cannot be executed now."))
                .write();
        server();
        ObjectNode document = Nodes.of("openapi", "3.1.0");
        document.set("info", Yaml.info("The chat over HTTP, for backends, and for clients without Socket.IO."));
        document.putArray("servers").add(Nodes.of("url", "http://localhost:3001"));
        document.putArray("security").add(Nodes.object()).addObject().putArray("token");
        document.set("paths", paths);
        document.set("webhooks", webhooks);
        document.set("components", components());
        return document;
    }

    private void event(Request request) {
        ObjectNode operation = operation(request.name(), EVENTS, request.summary());
        if (request.name().equals("sendMessage")) {
            operation.putArray("parameters").add(idempotencyKey());
        }
        operation.set("requestBody", body(objectForm(request)));
        operation.set("responses", responses(request.answer().schema()));
        add("/api/events/" + request.name(), "post", operation);
    }

    /** Returns the payload as an object. Over HTTP the conversation's id alone is no body. */
    private static JsonNode objectForm(Request request) {
        List<Shape> shapes = request.shapes();
        return shapes.size() == request.forms().size()
                ? request.payload().schema()
                : shapes.get(0).schema();
    }

    private void conversations() {
        get(CONVERSATIONS, "listConversations", "getConversations", query("getConversations"));
        post(CONVERSATIONS, "postConversation", "createConversation");
        get(ONE, "readConversation", "getConversation", Nodes.array());
        delete(ONE, "removeConversation", "deleteConversation");
        get(ONE + "/messages", "listMessages", "getMessages", query("getMessages"));
        post(ONE + "/messages", "postMessage", "sendMessage");
        get(ONE + "/sync", "syncMessages", "syncRoom", position());
        post(ONE + "/read", "postRead", "markRead");
    }

    private void get(String path, String id, String event, ArrayNode query) {
        Request request = requests.get(event);
        ObjectNode operation = operation(id, IN_PATHS, request.summary());
        operation.set("parameters", pathParameters(path).addAll(query));
        operation.set("responses", responses(request.answer().schema()));
        add(path, "get", operation);
    }

    private void delete(String path, String id, String event) {
        Request request = requests.get(event);
        ObjectNode operation = operation(id, IN_PATHS, request.summary());
        operation.set("parameters", pathParameters(path));
        operation.set("responses", responses(request.answer().schema()));
        add(path, "delete", operation);
    }

    private void post(String path, String id, String event) {
        Request request = requests.get(event);
        ObjectNode operation = operation(id, IN_PATHS, request.summary());
        ArrayNode parameters = pathParameters(path);
        if (event.equals("sendMessage")) {
            parameters.add(idempotencyKey());
        }
        operation.set("parameters", parameters);
        Shape payload = request.shapes().get(0);
        operation.set(
                "requestBody",
                body(path.equals(CONVERSATIONS) ? request.payload().schema() : inPath(payload)));
        operation.set("responses", responses(request.answer().schema()));
        add(path, "post", operation);
    }

    /** Returns the schema of a payload whose conversation is in the path. The body may repeat it. */
    private static JsonNode inPath(Shape payload) {
        return new Shape(payload.fields().stream()
                        .map(field -> field.name().equals(CONVERSATION_ID)
                                ? new Field(field.name(), field.type(), false, "As in the path, or absent.")
                                : field)
                        .toList())
                .schema();
    }

    private static ArrayNode pathParameters(String path) {
        ArrayNode parameters = Nodes.array();
        if (path.contains("{")) {
            parameters.add(parameter(CONVERSATION_ID, "path", TEXT.schema(), "").put("required", true));
        }
        return parameters;
    }

    /** Returns the fields of a payload but the conversation's id as parameters of a query. */
    private ArrayNode query(String event) {
        ArrayNode parameters = Nodes.array();
        requests.get(event).shapes().get(0).fields().stream()
                .filter(field -> !field.name().equals(CONVERSATION_ID))
                .forEach(field -> parameters.add(
                        parameter(field.name(), "query", field.type().schema(), field.description())));
        return parameters;
    }

    private static ArrayNode position() {
        return Nodes.array()
                .add(parameter("afterSeq", "query", COUNT.schema(), "The seq of the position; 0 if absent."))
                .add(parameter("afterVersion", "query", COUNT.schema(), "The version of the position; 0 if absent."))
                .add(parameter("epoch", "query", TEXT.schema(), Shapes.EPOCH).put("required", true))
                .add(parameter("limit", "query", COUNT.schema(), ""));
    }

    private static ObjectNode idempotencyKey() {
        return parameter("Idempotency-Key", "header", TEXT.schema(), "The same as clientMessageId.");
    }

    private static ObjectNode parameter(String name, String in, JsonNode schema, String description) {
        ObjectNode parameter = Nodes.of("name", name).put("in", in);
        if (!description.isEmpty()) {
            parameter.put("description", description);
        }
        return parameter.set("schema", schema);
    }

    private void server() {
        file(
                "/api/contract/chat-events.d.ts",
                "readTypes",
                "Returns the events as TypeScript types.",
                "application/typescript");
        file(
                "/api/contract/asyncapi.yaml",
                "readEvents",
                "Returns the events as an AsyncAPI document.",
                "application/yaml");
        file("/api/contract/openapi.yaml", "readRequests", "Returns this document.", "application/yaml");
        file("/api/client/roomcast.js", "readClient", "Returns the JavaScript client.", "text/javascript");
        health("/health/live", "isLive", "Returns whether the process is alive.");
        health("/health/ready", "isReady", "Returns whether the store answers and the server is not about to stop.")
                .set("503", response("The server is not ready.", "application/json", Nodes.of("type", "object")));
    }

    private void file(String path, String id, String summary, String mediaType) {
        ObjectNode operation = operation(id, SERVER, summary);
        operation.putArray("security");
        operation
                .putObject("responses")
                .<ObjectNode>set("200", response("The file.", mediaType, Nodes.of("type", "string")))
                .set("304", Nodes.of("description", "The file has the tag of If-None-Match."));
        add(path, "get", operation);
    }

    private ObjectNode health(String path, String id, String summary) {
        Shape status = Shape.empty().with("status", Choice.of("up")).maybe("cluster", Choice.of("away"));
        ObjectNode operation = operation(id, SERVER, summary);
        operation.putArray("security");
        ObjectNode responses = operation.putObject("responses");
        responses.set("200", response("It is.", "application/json", status.schema()));
        add(path, "get", operation);
        return responses;
    }

    private static ObjectNode operation(String id, String tag, String summary) {
        ObjectNode operation = Nodes.of("operationId", id).put("summary", summary);
        operation.putArray("tags").add(tag);
        return operation;
    }

    private void add(String path, String method, ObjectNode operation) {
        paths.withObjectProperty(path).set(method, operation);
    }

    private static ObjectNode body(JsonNode schema) {
        ObjectNode body = Nodes.object().put("required", true);
        body.set("content", content("application/json", schema));
        return body;
    }

    private static ObjectNode responses(JsonNode schema) {
        ObjectNode responses = Nodes.object();
        responses.set("200", response("The command succeeded.", "application/json", schema));
        responses.set("4XX", refusal("The request is refused; with 429 after Retry-After seconds it may succeed."));
        responses.set("5XX", refusal("The server cannot execute it now, or has no such event."));
        return responses;
    }

    private static ObjectNode refusal(String description) {
        ObjectNode response = response(description, "application/json", Shapes.FAILURE.schema());
        response.putObject("headers")
                .putObject("Retry-After")
                .put("description", "Seconds, with 429 and 503.")
                .set("schema", COUNT.schema());
        return response;
    }

    private static ObjectNode response(String description, String mediaType, JsonNode schema) {
        return Nodes.of("description", description).set("content", content(mediaType, schema));
    }

    private static ObjectNode content(String mediaType, JsonNode schema) {
        return Nodes.object().set(mediaType, Nodes.object().set("schema", schema));
    }

    private ObjectNode components() {
        ObjectNode components = Nodes.object();
        ObjectNode schemas = components.putObject("schemas");
        Map<String, Named> named =
                WireContract.named().stream().collect(Collectors.toMap(Named::name, Function.identity()));
        Set<String> used = new TreeSet<>();
        use(paths, named, used);
        use(webhooks, named, used);
        used.forEach(name -> schemas.set(name, Yaml.schema(named.get(name))));
        ObjectNode token = components.putObject("securitySchemes").putObject("token");
        token.put("type", "http").put("scheme", "bearer").put("description", "If the server has an authenticator.");
        return components;
    }

    /** Adds the types to which a part of the document refers, and those to which these refer. */
    private static void use(JsonNode part, Map<String, Named> named, Set<String> used) {
        String reference = part.path("$ref").asText();
        if (reference.startsWith(SCHEMAS) && used.add(reference.substring(SCHEMAS.length()))) {
            use(Yaml.schema(named.get(reference.substring(SCHEMAS.length()))), named, used);
        }
        part.forEach(child -> use(child, named, used));
    }
}
