package io.roomcast.examples.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roomcast.chat.model.PushMessage.Urgency;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sends notifications to a stand-in for FCM and for the service that grants its tokens. */
@Timeout(60)
class FcmNotifierTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static KeyPair keys;

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private final List<String> assertions = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String retryAfter;
    private HttpServer service;
    private FcmNotifier notifier;

    @BeforeAll
    static void createKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        keys = generator.generateKeyPair();
    }

    @BeforeEach
    void start() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/token", this::grant);
        service.createContext("/v1/projects/chat-project/messages:send", this::receive);
        service.start();
        notifier = new FcmNotifier(uri(""), "chat-project", new FcmAccess(account(), Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort() + path);
    }

    private String account() {
        String key = Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
        return JSON.createObjectNode()
                .put("type", "service_account")
                .put("client_email", "chat@example.com")
                .put("private_key", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n")
                .put("token_uri", uri("/token").toString())
                .toString();
    }

    private void grant(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        assertions.add(form.substring(form.indexOf("&assertion=") + "&assertion=".length()));
        String answer = "{\"access_token\":\"token-" + assertions.size() + "\",\"expires_in\":3600}";
        respond(exchange, 200, answer);
    }

    private void receive(HttpExchange exchange) throws IOException {
        credentials.add(exchange.getRequestHeaders().getFirst("Authorization"));
        messages.add(JSON.readTree(exchange.getRequestBody().readAllBytes()).path("message"));
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        respond(exchange, status, "{}");
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String send(String title) throws Exception {
        return Notifications.text(notifier.send(
                Notifications.device("fcm", "device-token"), Notifications.message(title, "hello", Urgency.NORMAL)));
    }

    @Test
    void message_replaces_the_one_before_and_shows_its_text() throws Exception {
        assertThat(send("Ann")).isEqualTo("DELIVERED");
        JsonNode message = messages.get(0);
        assertThat(message.path("token").asText()).isEqualTo("device-token");
        assertThat(message.at("/notification/title").asText()).isEqualTo("Ann");
        assertThat(message.at("/notification/body").asText()).isEqualTo("hello");
        assertThat(message.at("/android/collapse_key").asText()).isEqualTo("topic");
        assertThat(message.at("/android/notification/tag").asText()).isEqualTo("topic");
        assertThat(message.at("/android/notification/notification_count").asInt())
                .isEqualTo(12);
        assertThat(message.at("/android/priority").asText()).isEqualTo("HIGH");
        assertThat(message.at("/android/ttl").asText()).isEqualTo("3600s");
        assertThat(message.at("/data/conversationId").asText()).isEqualTo("room");
        assertThat(message.at("/data/seq").asText()).isEqualTo("7");
        message.path("data").forEach(field -> assertThat(field.isTextual()).isTrue());
    }

    @Test
    void notification_without_title_and_what_was_read_are_left_to_the_application() throws Exception {
        send(null);
        notifier.send(Notifications.device("fcm", "device-token"), Notifications.read());
        assertThat(messages).noneMatch(message -> message.has("notification"));
        assertThat(messages.get(1).at("/data/type").asText()).isEqualTo("read");
        assertThat(messages.get(1).at("/android/priority").asText()).isEqualTo("NORMAL");
    }

    @Test
    void token_is_asked_for_by_the_account_once() throws Exception {
        send("Ann");
        send("Ann");
        assertThat(credentials).containsExactly("Bearer token-1", "Bearer token-1");
        DecodedJWT claims = JWT.require(Algorithm.RSA256((RSAPublicKey) keys.getPublic(), null))
                .withIssuer("chat@example.com")
                .withAudience(uri("/token").toString())
                .withClaim("scope", "https://www.googleapis.com/auth/firebase.messaging")
                .build()
                .verify(assertions.get(0));
        assertThat(claims.getExpiresAtAsInstant()).isAfter(claims.getIssuedAtAsInstant());
    }

    @Test
    void refused_token_is_replaced() throws Exception {
        status = 401;
        assertThat(send("Ann")).isEqualTo("REFUSED: status 401");
        status = 200;
        assertThat(send("Ann")).isEqualTo("DELIVERED");
        assertThat(credentials).containsExactly("Bearer token-1", "Bearer token-2");
    }

    @ParameterizedTest
    @CsvSource({
        "400, , INVALID: status 400",
        "403, , REFUSED: status 403",
        "404, , GONE",
        "429, 60, LATER after PT1M",
        "500, , LATER",
        "503, 10, LATER after PT10S",
        "503, soon, LATER"
    })
    void answer_of_the_service(int answer, String delay, String result) throws Exception {
        status = answer;
        retryAfter = delay;
        assertThat(send("Ann")).isEqualTo(result);
    }

    @Test
    void invalid_account_is_refused() {
        assertThatThrownBy(() -> new FcmAccess("{}", Clock.systemUTC())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FcmAccess("no JSON", Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
