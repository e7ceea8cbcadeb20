package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.socketio.internal.wire.HandshakeDecoder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server reads of a handshake is what the contract says; the token is read where the tests log in. */
class HandshakeTest {
    @Test
    void full_handshake_is_taken() {
        JsonNode auth = Shapes.HANDSHAKE.sample(true);
        assertThat(resume(auth)).contains(new Resume("x", Map.of("x", new Position(1, 1))));
        assertThat(HandshakeDecoder.takesBatches(auth)).isTrue();
    }

    @Test
    void least_handshake_is_taken() {
        JsonNode auth = Shapes.HANDSHAKE.sample(false);
        assertThat(resume(auth)).isEmpty();
        assertThat(HandshakeDecoder.takesBatches(auth)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoch", "rooms"})
    void fields_that_must_be_there_must(String required) {
        JsonNode auth = Shapes.HANDSHAKE.sample(true);
        ((ObjectNode) auth.path("resume")).remove(required);
        assertThatExceptionOfType(ChatException.class).isThrownBy(() -> resume(auth));
    }

    private static Optional<Resume> resume(JsonNode auth) {
        return HandshakeDecoder.resume(auth, 1);
    }
}
