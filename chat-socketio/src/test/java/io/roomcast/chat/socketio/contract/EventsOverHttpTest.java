package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.fixture.PushRecorder;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.IceServers;
import io.roomcast.chat.spi.UserDirectory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every event that needs no connection is a request over HTTP. */
class EventsOverHttpTest {
    private static final List<Request> REQUESTS = WireContract.REQUESTS;
    private static final String JSON = "Content-Type: application/json";

    /** The events that concern the client's connection. */
    private static final Set<String> OF_CONNECTIONS = OpenApiFile.OF_CONNECTIONS;

    private static ChatServer server;

    @BeforeAll
    static void start() {
        server = ChatServer.builder()
                .port(0)
                .authenticator(token -> token.equals("backend") ? Principal.service("backend") : Principal.of(token))
                .accessPolicy(AccessPolicy.membersOnly())
                .users(UserDirectory.of(List.of()))
                .attachments(AttachmentStore.inMemory())
                .push(new PushRecorder())
                .calls(CallOptions.of(IceServers.none()))
                .on("order.seen", request -> "{\"payload\":" + request.payload() + "}")
                .build()
                .start();
        server.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Response post(String user, String event, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = JSON;
        all[1] = "Authorization: Bearer " + user;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return RawHttp.post(server.port(), "/api/events/" + event, body, all);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REQUESTS")
    void event_is_answered_unless_it_concerns_the_connection(Request request) {
        JsonNode payload = request.shapes().get(0).sample(false);
        Response response = post("ann", request.name(), payload.toString());
        JsonNode answer = Json.parse(response.body()).orElseThrow();
        assertThat(answer.path("code").asText().equals("not_supported"))
                .isEqualTo(OF_CONNECTIONS.contains(request.name()));
        assertThat(response.status() == 200).isEqualTo(answer.path("success").booleanValue());
    }

    @Test
    void service_sends_messages_of_the_system() {
        String body = "{\"conversationId\":\"g\",\"senderId\":\"system\",\"type\":\"system\",\"content\":\"paid\"}";
        assertThat(post("backend", "sendMessage", body).body())
                .contains("\"success\":true", "\"senderId\":\"system\"", "\"type\":\"system\"");
    }

    @Test
    void same_key_is_one_message() {
        String body = "{\"conversationId\":\"g\",\"content\":\"hello\"}";
        String first = post("ann", "sendMessage", body, "Idempotency-Key: k").body();
        String second = post("ann", "sendMessage", body, "Idempotency-Key: k").body();
        assertThat(first).contains("\"clientMessageId\":\"k\"").doesNotContain("duplicate");
        assertThat(second).contains("\"duplicate\":true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ann     | sendMessage | {"conversationId":"g"}                                        | 400 | missing_fields
            ann     | sendMessage | ["g"]                                                         | 400 | invalid_payload
            ann     | sendMessage | {"conversationId":"g"                                         | 400 | invalid_payload
            ann     | sendMessage | {"conversationId":"g","content":"x","senderId":"bob"}         | 403 | forbidden
            eve     | getMessages | {"conversationId":"g"}                                        | 403 | forbidden
            ann     | getMessage  | {"conversationId":"g","messageId":"none"}                     | 404 | message_not_found
            ann     | unknown     | {}                                                            | 501 | not_supported
            ann     | joinRoom    | {"conversationId":"g"}                                        | 501 | not_supported
            ann     | %2e%2e      | {}                                                            | 501 | not_supported
            backend | sendMessage | {"conversationId":"g","content":"x"}                          | 400 | missing_fields
            ann     | sendMessage | {"conversationId":"g","content":"x","type":"system"}          | 400 | invalid_payload
            backend | sendMessage | {"conversationId":"g","content":"x","senderId":"ann","type":"call"} | 400 | invalid_payload
            """)
    void refusal_has_the_status_of_its_code(String user, String event, String body, int status, String code) {
        Response response = post(user, event, body);
        assertThat(response.body()).startsWith("{\"success\":false,").contains("\"code\":\"" + code + "\"");
        assertThat(response.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET  | /api/events/getConversations | 405
            PUT  | /api/events/sendMessage  | 405
            GET  | /api/events/             | 404
            POST | /api/events/a/b          | 404
            POST | /api/events              | 404
            """)
    void other_methods_and_paths_are_refused(String method, String path, int status) {
        try (RawHttp http = new RawHttp(server.port())) {
            Response response = http.exchange(method, path, method.equals("GET") ? "" : "{}", JSON);
            assertThat(response.status()).isEqualTo(status);
            if (status == 405) {
                assertThat(response.headers()).containsEntry("allow", "POST, OPTIONS");
            }
        }
    }

    @Test
    void unknown_token_and_another_content_type_are_refused() {
        String path = "/api/events/getConversations";
        assertThat(RawHttp.post(server.port(), path, "{}", JSON).status()).isEqualTo(401);
        assertThat(RawHttp.post(server.port(), path, "{}", "Content-Type: text/plain", "Authorization: Bearer ann")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void event_of_the_host_takes_any_json() {
        assertThat(post("ann", "order.seen", "[1,\"x\"]").body()).isEqualTo("{\"payload\":[1,\"x\"]}");
        assertThat(post("ann", "order.seen", "null").body()).isEqualTo("{\"payload\":null}");
        assertThat(post("ann", "order.seen", "{").status()).isEqualTo(400);
    }

    @Test
    void backend_acts_for_users_and_its_events_reach_them() {
        try (RawWebSocket bob = RawWebSocket.connected(server.port(), "{\"token\":\"bob\"}")) {
            bob.ask(1, "[\"joinRoom\",\"g\"]");
            String message = "{\"conversationId\":\"g\",\"senderId\":\"ann\",\"content\":\"by the backend\"}";
            assertThat(post("backend", "sendMessage", message).body()).contains("\"senderId\":\"ann\"");
            post("backend", "sendEvent", "{\"conversationId\":\"g\",\"name\":\"paid\"}");
            assertThat(next(bob, "receiveMessage")).contains("by the backend");
            assertThat(next(bob, "customEvent"))
                    .startsWith("42[\"customEvent\",{\"conversationId\":\"g\",\"name\":\"paid\",");
        }
        assertThat(post(
                                "backend",
                                "createConversation",
                                "{\"conversationId\":\"new\",\"kind\":\"group\",\"memberIds\":[\"ann\"]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void backend_is_connected_like_a_client() {
        try (RawWebSocket backend = RawWebSocket.connected(server.port(), "{\"token\":\"backend\"}")) {
            backend.ask(1, "[\"joinRoom\",\"g\"]");
            String sent =
                    "[\"sendMessage\",{\"conversationId\":\"g\",\"senderId\":\"bob\",\"content\":\"over the socket\"}]";
            assertThat(backend.ask(2, sent)).contains("\"senderId\":\"bob\"");
            assertThat(next(backend, "receiveMessage")).contains("over the socket");
        }
    }

    private static String next(RawWebSocket client, String event) {
        String packet = client.nextText();
        while (!packet.startsWith("42[\"" + event + "\"")) {
            packet = client.nextText();
        }
        return packet;
    }
}
