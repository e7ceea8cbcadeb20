package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The server answers each command with each unusual value in each of its fields, and the connection stays open. */
class HostileFieldsTest {
    private static final List<Request> REQUESTS = WireContract.REQUESTS;

    private static final Set<String> FAULTS_OF_THE_SERVER = Stream.of(ErrorCode.values())
            .filter(code -> code.httpStatus() >= 500 && code != ErrorCode.NOT_SUPPORTED)
            .map(ErrorCode::wireName)
            .collect(Collectors.toSet());

    private static final List<JsonNode> VALUES = values();

    private static MongoServer mongo;
    private static ChatStore store;
    private static ChatServer server;

    @BeforeAll
    static void start() {
        mongo = new MongoServer(new MemoryBackend());
        store = MongoChatStore.connect("mongodb://127.0.0.1:" + mongo.bind().getPort() + "/chat");
        server = ChatServer.builder()
                .port(0)
                .store(store)
                .authenticator(Principal::of)
                .rateLimiter(RateLimiter.none())
                .limits(Limits.builder().packetsPerSecond(1_000_000).build())
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        store.close();
        mongo.shutdownNow();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REQUESTS")
    void unusual_values_are_answered_without_a_fault_of_the_server(Request request) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}")) {
            socket.ask(1, "[\"joinRoom\",\"x\"]");
            for (JsonNode payload : payloads(request)) {
                JsonNode answer = ask(socket, Nodes.array().add(request.name()).add(payload));
                assertThat(answer.path("success").isBoolean())
                        .as("%s to %s", answer, payload)
                        .isTrue();
                assertThat(answer.path("code").asText()).as("to %s", payload).isNotIn(FAULTS_OF_THE_SERVER);
            }
        }
    }

    private static JsonNode ask(RawWebSocket socket, JsonNode event) {
        socket.text("427" + event);
        List<String> texts = socket.textsUpTo("437[");
        String ack = texts.get(texts.size() - 1);
        return Json.parse(ack.substring("437".length())).orElseThrow().path(0);
    }

    private static List<JsonNode> payloads(Request request) {
        List<JsonNode> payloads = new ArrayList<>(VALUES);
        for (Shape shape : request.shapes()) {
            JsonNode sample = shape.sample(true);
            replaceEach(sample, sample, payloads);
        }
        return payloads;
    }

    /** Adds a copy of the whole for each part, at any depth, and each value in its place. */
    private static void replaceEach(JsonNode whole, JsonNode part, List<JsonNode> payloads) {
        if (part instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                replace(whole, field.getValue(), value -> object.set(field.getKey(), value), payloads);
            }
        } else if (part instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                replace(whole, array.get(i), value -> array.set(index, value), payloads);
            }
        }
    }

    private static void replace(JsonNode whole, JsonNode part, Consumer<JsonNode> setter, List<JsonNode> payloads) {
        for (JsonNode value : VALUES) {
            setter.accept(value);
            payloads.add(whole.deepCopy());
        }
        setter.accept(part);
        replaceEach(whole, part, payloads);
    }

    private static List<JsonNode> values() {
        JsonNode listed = Json.parse("""
                [null, true, 0, -1, 1.5, 1e400, 1e-400, 9007199254740992, -9223372036854775808, 99999999999999999999,
                "", " ", "\\u0000", "\\ud800", "\\u202e", "\\ufeff", "__proto__", "constructor", "../..", "$where", "a.b",
                "NaN", "@all", "javascript:alert(1)", "9999999999999", "2026-02-30T00:00:00Z",
                [], [null], [[]], ["a", "a"], [1, "a", {}],
                {}, {"$gt": ""}, {"__proto__": {"a": 1}}, {"": ""}]
                """).orElseThrow();
        List<JsonNode> values = new ArrayList<>();
        listed.forEach(values::add);
        values.add(TextNode.valueOf("x".repeat(20_000)));
        values.add(TextNode.valueOf("\ud83d\ude00".repeat(300)));
        values.add(longList());
        values.add(deepObject());
        return values;
    }

    private static JsonNode longList() {
        ArrayNode list = Nodes.array();
        IntStream.range(0, 2_000).forEach(i -> list.add("u" + i));
        return list;
    }

    private static JsonNode deepObject() {
        JsonNode object = Nodes.object();
        for (int i = 0; i < 100; i++) {
            object = Nodes.object().set("a", Nodes.array().add(object));
        }
        return object;
    }
}
