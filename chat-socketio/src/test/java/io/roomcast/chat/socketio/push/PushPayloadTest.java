package io.roomcast.chat.socketio.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.model.PushMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushPayloadTest {
    private static String text(PushMessage message) {
        return new String(PushPayload.of(message).orElseThrow(), StandardCharsets.UTF_8);
    }

    @Test
    void message_has_all_fields() {
        assertThat(text(Browser.message("Ann", "hëllo 🎉")).stripTrailing())
                .isEqualTo("{\"type\":\"message\",\"id\":\"room:7\",\"tag\":\"dG9waWM\",\"conversationId\":\"room\","
                        + "\"seq\":7,\"messageId\":\"message-7\",\"unread\":3,\"badge\":12,\"title\":\"Ann\","
                        + "\"body\":\"hëllo 🎉\",\"urgency\":\"normal\"}");
    }

    @Test
    void call_has_no_field_of_a_message() {
        PushMessage call = new PushMessage(
                PushMessage.Type.CALL,
                "call-1",
                "Y2FsbA",
                "room",
                0,
                null,
                0,
                null,
                null,
                null,
                Map.of("callId", "call-1"),
                PushMessage.Urgency.HIGH,
                Duration.ofSeconds(45));
        assertThat(text(call).stripTrailing())
                .isEqualTo("{\"type\":\"call\",\"id\":\"call-1\",\"tag\":\"Y2FsbA\",\"conversationId\":\"room\","
                        + "\"data\":{\"callId\":\"call-1\"},\"urgency\":\"high\"}");
    }

    @Test
    void length_reveals_little() {
        assertThat(PushPayload.of(Browser.message("Ann", "x")).orElseThrow()).hasSize(1_000);
        assertThat(PushPayload.of(Browser.message("Ann", "x".repeat(140))).orElseThrow())
                .hasSize(1_000);
        assertThat(PushPayload.of(Browser.message("Ann", "x".repeat(1_000))).orElseThrow())
                .hasSize(2_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "🎉", "\u0001", "\ud800"})
    void long_text_is_shortened(String character) throws IOException {
        byte[] payload =
                PushPayload.of(Browser.message("Ann", character.repeat(10_000))).orElseThrow();
        JsonNode json = new ObjectMapper().readTree(payload);
        assertThat(payload.length).isLessThanOrEqualTo(PushPayload.MAX_BYTES);
        assertThat(json.path("title").asText()).isEqualTo("Ann");
        assertThat(json.path("body").asText()).startsWith(character);
        assertThat(json.path("body").asText().length() % character.length()).isZero();
    }

    @Test
    void long_title_is_shortened_after_the_text() throws IOException {
        byte[] payload =
                PushPayload.of(Browser.message("x".repeat(10_000), "hello")).orElseThrow();
        JsonNode json = new ObjectMapper().readTree(payload);
        assertThat(payload.length).isLessThanOrEqualTo(PushPayload.MAX_BYTES);
        assertThat(json.has("body")).isFalse();
        assertThat(json.path("title").asText()).hasSizeGreaterThan(1_000);
    }

    @Test
    void other_fields_are_never_shortened() {
        PushMessage large = new PushMessage(
                PushMessage.Type.CALL,
                "call-1",
                "Y2FsbA",
                "room",
                0,
                null,
                0,
                null,
                "Ann",
                "calls",
                Map.of("callId", "x".repeat(3_000)),
                PushMessage.Urgency.HIGH,
                Duration.ofSeconds(45));
        assertThat(PushPayload.of(large)).isEmpty();
    }
}
