package io.roomcast.chat.socketio.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.model.Message;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookTest extends WebhookCase {
    @Test
    void signature_is_that_of_the_specification() {
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        assertThat(new WebhookSecrets(List.of(SECRET)).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void messages_and_changes_are_sent_in_order_in_the_shapes_of_the_wire() {
        follow(webhook());
        Message message = send("room", "hello");
        awaitCalls(1);
        chat.service().execute(EditMessage.of("room", message.id(), "hi")).join();
        awaitCalls(2);
        chat.service().execute(new DeleteMessage("room", message.id())).join();
        awaitCalls(3);
        assertThat(receiver.ids()).containsExactly("room:1", "room:v1", "room:v2");
        JsonNode sent = receiver.calls.get(0).json();
        assertThat(sent.path("type").asText()).isEqualTo("message.sent");
        assertThat(Instant.parse(sent.path("timestamp").asText())).isEqualTo(message.createdAt());
        assertThat(sent.at("/data/message/content").asText()).isEqualTo("hello");
        assertThat(sent.at("/data/message/seq").asLong()).isEqualTo(1);
        assertThat(receiver.calls.get(1).json().at("/data/message/content").asText())
                .isEqualTo("hi");
        assertThat(receiver.calls.get(2).json().path("type").asText()).isEqualTo("message.deleted");
        assertThat(receiver.calls.get(2).json().at("/data/messageId").asText()).isEqualTo(message.id());
    }

    /** A receiver with WebSockets on its port may close the connection of a request for another upgrade. */
    @Test
    void call_without_tls_asks_for_no_upgrade() {
        List<Set<String>> headers = new CopyOnWriteArrayList<>();
        receiver.answer = (exchange, call) -> {
            headers.add(exchange.getRequestHeaders().keySet());
            Receiver.status(exchange, 204);
        };
        follow(webhook());
        send("room", "hello");
        awaitCalls(1);
        assertThat(headers.get(0)).contains("Webhook-id").doesNotContain("Upgrade", "Http2-settings");
    }

    @ParameterizedTest
    @CsvSource({
        "a:b/c@d, a:b/c@d:1",
        "räum, r%C3%A4um:1",
        "a.b, a%2Eb:1",
        "50%, 50%25:1",
        "zwei räume, zwei%20r%C3%A4ume:1"
    })
    void id_of_any_conversation_is_ascii_and_signed(String conversationId, String id) {
        follow(webhook());
        send(conversationId, "hello");
        awaitCalls(1);
        Receiver.Call call = receiver.calls.get(0);
        assertThat(call.id()).isEqualTo(id);
        assertThat(call.signature())
                .isEqualTo(new WebhookSecrets(List.of(SECRET)).sign(id, Long.parseLong(call.timestamp()), call.body()));
    }

    @Test
    void call_is_signed_with_each_secret() {
        follow(webhook().secret(OTHER));
        send("room", "hello");
        awaitCalls(1);
        Receiver.Call call = receiver.calls.get(0);
        long timestamp = Long.parseLong(call.timestamp());
        assertThat(call.signature().split(" "))
                .containsExactly(
                        new WebhookSecrets(List.of(SECRET)).sign(call.id(), timestamp, call.body()),
                        new WebhookSecrets(List.of(OTHER)).sign(call.id(), timestamp, call.body()));
        assertThat(Math.abs(timestamp - time.clock().instant().getEpochSecond()))
                .isLessThan(60);
    }

    @Test
    void only_wanted_events_are_sent() {
        follow(webhook().events("message.deleted"));
        Message message = send("room", "hello");
        passTimeUntil(Duration.ofMillis(500), () -> isHandled(message));
        chat.service().execute(new DeleteMessage("room", message.id())).join();
        awaitCalls(1);
        assertThat(receiver.ids()).containsExactly("room:v1");
    }

    private boolean isHandled(Message message) {
        return time.clock().instant().isAfter(message.createdAt().plusSeconds(5));
    }

    @Test
    void large_message_is_sent_as_a_reference() {
        follow(webhook());
        Message message = send("room", "x".repeat(30_000));
        awaitCalls(1);
        JsonNode json = receiver.calls.get(0).json();
        assertThat(receiver.calls.get(0).body().length).isLessThanOrEqualTo(WebhookEvent.MAX_BYTES);
        assertThat(json.at("/data/messageId").asText()).isEqualTo(message.id());
        assertThat(json.at("/data/truncated").asBoolean()).isTrue();
    }

    @Test
    void private_addresses_are_refused_on_demand() {
        follow(webhook().publicAddressesOnly());
        send("room", "1");
        passTimeUntil(
                Duration.ofMillis(20),
                () -> store.followerStates("crm", List.of("room")).stream().anyMatch(state -> state.attempts() > 0));
        assertThat(receiver.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, true",
        "8.8.8.8, true",
        "2606:2800:220:1::1, true",
        "127.0.0.1, false",
        "127.9.9.9, false",
        "0.0.0.0, false",
        "0.1.2.3, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "172.32.0.1, true",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "100.64.0.1, false",
        "100.128.0.1, true",
        "192.0.0.8, false",
        "198.18.0.1, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "::1, false",
        "::, false",
        "::ffff:10.0.0.1, false",
        "fe80::1, false",
        "fc00::1, false",
        "fd12:3456::1, false",
        "ff02::1, false",
        "64:ff9b::a00:1, false",
        "2002:a00:1::1, false",
        "2001:db8::1, false"
    })
    void public_addresses(String address, boolean isPublic) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isEqualTo(isPublic);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://a.example", "/path", "https:opaque", "https://user@a.example", "https://a.example/#x"})
    void invalid_uri_is_refused(String uri) {
        assertThatThrownBy(() -> Webhook.to(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "whsec_", "whsec_MfKQ9r8G", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_not base64 at all!!"})
    void invalid_secret_is_refused_and_not_repeated(String secret) {
        assertThatThrownBy(() -> webhook().secret(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secret: expected whsec_ and 24 to 64 bytes in Base64");
    }

    @Test
    void incomplete_webhook_is_refused() {
        assertThatThrownBy(() -> Webhook.to(receiver.uri()).build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> webhook().events()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> webhook().events("message.read")).isInstanceOf(IllegalArgumentException.class);
    }
}
