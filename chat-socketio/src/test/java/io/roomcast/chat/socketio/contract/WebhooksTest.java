package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.fixture.RecordSamples;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.socketio.webhook.Receiver;
import io.roomcast.chat.socketio.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls of webhooks have exactly the fields that the OpenAPI document states. */
class WebhooksTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of("message.sent", MessageSent.class),
                Arguments.of("message.edited", MessageEdited.class),
                Arguments.of("message.deleted", MessageDeleted.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void call_has_the_fields_of_the_contract(String name, Class<? extends ChatEvent> type) throws Exception {
        Webhook webhook = Webhook.to(receiver.uri()).secret(SECRET).build();
        // A deleted message always has a deletion, which its declaration does not express.
        List<RecordSamples> all = Samples.all()
                .filter(samples -> samples.size() > 0 || type != MessageDeleted.class)
                .toList();
        for (RecordSamples samples : all) {
            webhook.onEvents("r", List.of(samples.of(type)));
        }
        assertThat(receiver.calls()).hasSameSizeAs(all);
        for (JsonNode body : receiver.calls().stream().map(Receiver.Call::json).toList()) {
            assertThat(complaints(name, body)).isEmpty();
        }
    }

    @Test
    void large_event_is_a_reference_of_the_contract() throws Exception {
        Webhook webhook = Webhook.to(receiver.uri()).secret(SECRET).build();
        webhook.onEvents("r", List.of(new MessageSent(message("x".repeat(30_000)))));
        JsonNode body = receiver.calls().get(0).json();
        assertThat(complaints("message.sent", body)).isEmpty();
        assertThat(body.at("/data/truncated").asBoolean()).isTrue();
    }

    private static Message message(String content) {
        return new Message(
                "m",
                "r",
                1,
                0,
                "ann",
                "k",
                MessageBody.text(content),
                Instant.EPOCH,
                null,
                null,
                List.of(),
                null,
                null,
                List.of());
    }

    private static List<String> complaints(String name, JsonNode body) {
        Findings findings = new Findings();
        WebhookContract.BODIES.get(name).check(body, name, findings);
        return findings.complaints();
    }
}
