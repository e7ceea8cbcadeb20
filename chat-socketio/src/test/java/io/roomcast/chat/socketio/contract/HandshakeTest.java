package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.socketio.internal.packet.HandshakeDecoder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server reads the handshake's fields as the contract has them. Other tests cover the token. */
class HandshakeTest {
    @Test
    void full_handshake_is_read() {
        JsonNode auth = SessionContract.HANDSHAKE.sample(true);
        assertThat(resume(auth)).contains(new Resume("x", Map.of("x", new Position(1, 1))));
        assertThat(HandshakeDecoder.request(auth, 1).acceptsBatches()).isTrue();
    }

    @Test
    void handshake_of_required_fields_is_read() {
        JsonNode auth = SessionContract.HANDSHAKE.sample(false);
        assertThat(resume(auth)).isEmpty();
        assertThat(HandshakeDecoder.request(auth, 1).acceptsBatches()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoch", "rooms"})
    void resume_without_a_field_has_no_position(String field) {
        JsonNode auth = SessionContract.HANDSHAKE.sample(true);
        ((ObjectNode) auth.path("resume")).remove(field);
        assertThat(resume(auth))
                .hasValueSatisfying(known -> assertThat(
                                known.epoch().isEmpty() || known.rooms().isEmpty())
                        .isTrue());
    }

    @Test
    void texts_that_hold_json_are_read_as_json() {
        ObjectNode auth = Nodes.object();
        JsonNode full = SessionContract.HANDSHAKE.sample(true);
        full.properties()
                .forEach(field -> auth.put(field.getKey(), field.getValue().toString()));
        assertThat(resume(auth)).isEqualTo(resume(full));
        assertThat(HandshakeDecoder.request(auth, 1).acceptsBatches()).isTrue();
    }

    private static Optional<Resume> resume(JsonNode auth) {
        return HandshakeDecoder.request(auth, 1).resume();
    }
}
