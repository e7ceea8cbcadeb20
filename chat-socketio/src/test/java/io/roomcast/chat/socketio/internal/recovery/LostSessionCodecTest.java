package io.roomcast.chat.socketio.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Position;
import io.roomcast.chat.socketio.internal.packet.Offset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LostSessionCodecTest {
    private static final Instant LOST_AT = Instant.ofEpochMilli(1_767_225_600_123L);

    static LostSession session(String pid, Instant lostAt) {
        SentTrail sent = new SentTrail(
                "m4:left",
                Map.of("room", new Position(5, 1), "漢字", new Position(0, Long.MAX_VALUE)),
                List.of(
                        new Offset("room", Offset.Kind.MESSAGE, 6),
                        new Offset("left", Offset.Kind.CHANGE, 7),
                        new Offset("room", Offset.Kind.CHANGE, 2)));
        return new LostSession(pid, "n1.id", "bob", "epoch", lostAt, sent);
    }

    static Stream<LostSession> sessions() {
        SentTrail empty = new SentTrail(null, Map.of(), List.of());
        return Stream.of(
                session("secret", LOST_AT), new LostSession("secret", "id", null, "epoch", Instant.EPOCH, empty));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void session_is_read_as_it_was_written(LostSession session) {
        assertThat(LostSessionCodec.decode("secret", LostSessionCodec.encode(session)))
                .contains(session);
    }

    @Test
    void secret_is_neither_written_nor_logged() {
        LostSession session = session("a very secret id", LOST_AT);

        assertThat(new String(LostSessionCodec.encode(session), StandardCharsets.ISO_8859_1))
                .doesNotContain("a very secret id");
        assertThat(session.toString()).doesNotContain("a very secret id");
    }

    @Test
    void session_of_another_version_or_a_part_of_one_counts_as_unknown() {
        byte[] bytes = LostSessionCodec.encode(session("secret", LOST_AT));
        for (int length = 0; length < bytes.length; length++) {
            assertThat(LostSessionCodec.decode("secret", Arrays.copyOf(bytes, length)))
                    .isEmpty();
        }
        bytes[0]++;
        assertThat(LostSessionCodec.decode("secret", bytes)).isEmpty();
    }
}
