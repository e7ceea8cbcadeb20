package io.roomcast.chat.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.IceGrant;
import io.roomcast.chat.model.IceServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceServersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.500Z");
    private static final CallPeer PEER = new CallPeer("p", 1, "ann", true, false, false, false);
    private static final Call CALL = new Call(
            "the-call",
            "c",
            true,
            CallMedia.AUDIO,
            "ann",
            NOW,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            2,
            List.of("ann"),
            List.of(),
            List.of(),
            1);

    private static IceGrant turn(String secret, Duration validity) {
        return IceServers.turn(secret, validity, List.of("turn:t")).grant(CALL, PEER, NOW);
    }

    /** The password is what {@code openssl dgst -sha1 -hmac north} makes of the name. */
    @Test
    void credentials_are_those_that_coturn_expects() {
        IceGrant grant = turn("north", Duration.ofHours(1));
        assertThat(grant.expiresAt()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(grant.servers())
                .containsExactly(
                        new IceServer(List.of("turn:t"), "1767229200:the-call.1", "oOwY6g+gU5NTFXvtebZpjOeEUw4="));
        assertThat(grant.toString()).doesNotContain("oOwY6g+gU5NTFXvtebZpjOeEUw4=");
    }

    @ParameterizedTest
    @ValueSource(longs = {59, 86_401})
    void validity_is_from_a_minute_to_a_day(long seconds) {
        assertThatThrownBy(() -> turn("north", Duration.ofSeconds(seconds)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("validity: PT");
        assertThatThrownBy(() -> turn("", Duration.ofHours(1))).hasMessageStartingWith("secret: empty");
    }

    @Test
    void without_servers_and_with_stun_nothing_expires() {
        assertThat(IceServers.none().grant(CALL, PEER, NOW)).isEqualTo(IceGrant.NONE);
        assertThat(IceServers.stun(List.of("stun:s")).grant(CALL, PEER, NOW))
                .isEqualTo(new IceGrant(List.of(new IceServer(List.of("stun:s"), null, null)), null));
    }
}
