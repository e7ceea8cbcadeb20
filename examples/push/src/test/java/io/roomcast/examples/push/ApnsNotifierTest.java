package io.roomcast.examples.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.PushMessage.Urgency;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends notifications to Pushy's stand-in for APNs. */
@Timeout(60)
class ApnsNotifierTest {
    private static final String TOKEN = "ab".repeat(32);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** A notification that the service has received. */
    private record Received(Http2Headers headers, JsonNode payload) {
        String header(String name) {
            return String.valueOf(headers.get(name));
        }
    }

    private static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();
    private static volatile RejectionReason rejection;
    private static MockApnsServer service;
    private static ApnsClient client;

    private final ApnsNotifier notifier =
            new ApnsNotifier(client, "com.example.chat", Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeAll
    static void start() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Certificate[] chain = {certificate.getCertificate()};
        service = new MockApnsServerBuilder()
                .setServerCredentials(chain, certificate.getKeyPair().getPrivate(), null)
                .setHandlerFactory(
                        session -> (headers, payload) -> receive(headers, payload.toString(StandardCharsets.UTF_8)))
                .build();
        int port = service.start(0).join();
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        client = new ApnsClientBuilder()
                .setApnsServer("localhost", port)
                .setTrustedServerCertificateChain(chain)
                .setSigningKey(new ApnsSigningKey(
                        "key", "team", (ECPrivateKey) keys.generateKeyPair().getPrivate()))
                .build();
    }

    @AfterAll
    static void stop() {
        client.close().join();
        service.shutdown().join();
    }

    @BeforeEach
    void clear() {
        RECEIVED.clear();
        rejection = null;
    }

    private static void receive(Http2Headers headers, String payload) throws RejectedNotificationException {
        try {
            RECEIVED.add(new Received(headers, new ObjectMapper().readTree(payload)));
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
        if (rejection != null) {
            throw new RejectedNotificationException(rejection);
        }
    }

    @Test
    void message_replaces_the_one_before_and_shows_its_text() throws Exception {
        assertThat(Notifications.text(notifier.send(
                        Notifications.device("apns", TOKEN), Notifications.message("Ann", "hello", Urgency.NORMAL))))
                .isEqualTo("DELIVERED");
        Received received = RECEIVED.get(0);
        assertThat(received.header(":path")).isEqualTo("/3/device/" + TOKEN);
        assertThat(received.header("apns-topic")).isEqualTo("com.example.chat");
        assertThat(received.header("apns-collapse-id")).isEqualTo("topic");
        assertThat(received.header("apns-priority")).isEqualTo("10");
        assertThat(received.header("apns-push-type")).isEqualTo("alert");
        assertThat(received.header("apns-expiration"))
                .isEqualTo(String.valueOf(NOW.plusSeconds(3_600).getEpochSecond()));
        assertThat(received.payload.at("/aps/alert/title").asText()).isEqualTo("Ann");
        assertThat(received.payload.at("/aps/alert/body").asText()).isEqualTo("hello");
        assertThat(received.payload.at("/aps/badge").asInt()).isEqualTo(12);
        assertThat(received.payload.path("conversationId").asText()).isEqualTo("room");
        assertThat(received.payload.path("seq").asText()).isEqualTo("7");
    }

    @Test
    void notification_without_text_lets_the_application_choose_it() throws Exception {
        notifier.send(Notifications.device("apns", TOKEN), Notifications.message(null, null, Urgency.LOW));
        Received received = RECEIVED.get(0);
        assertThat(received.payload.at("/aps/alert/loc-key").asText()).isEqualTo("chat.message");
        assertThat(received.payload.at("/aps/mutable-content").asInt()).isEqualTo(1);
        assertThat(received.payload.path("aps").has("sound")).isFalse();
        assertThat(received.header("apns-priority")).isEqualTo("5");
    }

    @Test
    void what_was_read_elsewhere_is_silent() throws Exception {
        notifier.send(Notifications.device("apns", TOKEN), Notifications.read());
        Received received = RECEIVED.get(0);
        assertThat(received.header("apns-push-type")).isEqualTo("background");
        assertThat(received.payload.path("aps").has("alert")).isFalse();
        assertThat(received.payload.at("/aps/content-available").asInt()).isEqualTo(1);
        assertThat(received.payload.path("type").asText()).isEqualTo("read");
    }

    @ParameterizedTest
    @CsvSource({
        "UNREGISTERED, GONE",
        "BAD_DEVICE_TOKEN, GONE",
        "DEVICE_TOKEN_NOT_FOR_TOPIC, GONE",
        "TOO_MANY_REQUESTS, LATER",
        "INTERNAL_SERVER_ERROR, LATER",
        "SERVICE_UNAVAILABLE, LATER",
        "SHUTDOWN, LATER",
        "INVALID_PROVIDER_TOKEN, REFUSED: InvalidProviderToken",
        "PAYLOAD_TOO_LARGE, INVALID: PayloadTooLarge",
        "BAD_COLLAPSE_ID, INVALID: BadCollapseId"
    })
    void answer_of_the_service(RejectionReason reason, String result) throws Exception {
        rejection = reason;
        assertThat(Notifications.text(notifier.send(
                        Notifications.device("apns", TOKEN), Notifications.message("Ann", "hello", Urgency.NORMAL))))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "not hexadecimal", "../../other"})
    void malformed_token_is_refused(String token) {
        assertThatThrownBy(() -> notifier.check(Notifications.device("apns", token)))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.field()).contains("token"));
        notifier.check(Notifications.device("apns", TOKEN));
    }
}
