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

/** What the server reads of a handshake is what the contract says; the token is read where the tests log in. */
class HandshakeTest {
    @Test
    void full_handshake_is_taken() {
        JsonNode auth = Shapes.HANDSHAKE.sample(true);
        assertThat(resume(auth)).contains(new Resume("x", Map.of("x", new Position(1, 1))));
        assertThat(HandshakeDecoder.request(auth, 1).acceptsBatches()).isTrue();
    }

    @Test
    void least_handshake_is_taken() {
        JsonNode auth = Shapes.HANDSHAKE.sample(false);
        assertThat(resume(auth)).isEmpty();
        assertThat(HandshakeDecoder.request(auth, 1).acceptsBatches()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoch", "rooms"})
    void what_is_not_there_is_nothing_to_go_on_from(String field) {
        JsonNode auth = Shapes.HANDSHAKE.sample(true);
        ((ObjectNode) auth.path("resume")).remove(field);
        assertThat(resume(auth))
                .hasValueSatisfying(known -> assertThat(
                                known.epoch().isEmpty() || known.rooms().isEmpty())
                        .isTrue());
    }

    @Test
    void texts_that_hold_json_are_taken_as_what_they_hold() {
        ObjectNode auth = Nodes.object();
        JsonNode full = Shapes.HANDSHAKE.sample(true);
        full.properties()
                .forEach(field -> auth.put(field.getKey(), field.getValue().toString()));
        assertThat(resume(auth)).isEqualTo(resume(full));
        assertThat(HandshakeDecoder.request(auth, 1).acceptsBatches()).isTrue();
    }

    private static Optional<Resume> resume(JsonNode auth) {
        return HandshakeDecoder.request(auth, 1).resume();
    }
}
