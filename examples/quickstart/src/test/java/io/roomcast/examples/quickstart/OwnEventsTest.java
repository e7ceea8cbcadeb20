package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handles an event of the host's own, as the documents show it. */
class OwnEventsTest {
    record OrderSeen(int orderId) {}

    private static final class Orders {
        private final List<Integer> seen = Collections.synchronizedList(new ArrayList<>());

        private void markSeen(int orderId, Principal by) {
            assertThat(by).isNotNull();
            seen.add(orderId);
        }
    }

    private final Orders orders = new Orders();
    private final ObjectMapper mapper = new ObjectMapper();

    private ChatServer built() {
        ChatServer server = ChatServer.builder()
                .port(0)
                .on("order.seen", OrderSeen.class, mapper::readValue, (seen, request) -> {
                    orders.markSeen(seen.orderId(), request.principal());
                    request.chat().sendEvent("kitchen", "order.seen", request.payload());
                    return null;
                })
                .build();
        return server;
    }

    @Test
    void order_is_marked_as_seen() throws Exception {
        try (ChatServer server = built().start()) {
            assertThat(post(server.port(), "{\"orderId\": 7}")).isEqualTo("{\"success\":true}");
            assertThat(post(server.port(), "{\"orderId\": \"seven\"}")).contains("\"code\":\"invalid_payload\"");
            assertThat(orders.seen).containsExactly(7);
        }
    }

    private static boolean isBackend(String token) {
        return token.equals("secret of the backend");
    }

    private static String userOf(String token) {
        return token;
    }

    @Test
    void backend_acts_for_users() throws Exception {
        ChatServer built = ChatServer.builder()
                .port(0)
                .authenticator(token -> isBackend(token) ? Principal.service("billing") : Principal.of(userOf(token)))
                .build();
        try (ChatServer server = built.start()) {
            String message = "{\"conversationId\": \"room\", \"senderId\": \"alice\", \"content\": \"Paid\"}";
            assertThat(post(server.port(), "sendMessage", "secret of the backend", message))
                    .contains("\"senderId\":\"alice\"");
            assertThat(post(server.port(), "sendMessage", "bob", message)).contains("\"code\":\"forbidden\"");
        }
    }

    private static String post(int port, String json) throws IOException, InterruptedException {
        return post(port, "order.seen", "none", json);
    }

    private static String post(int port, String event, String token, String json)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events/" + event))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
