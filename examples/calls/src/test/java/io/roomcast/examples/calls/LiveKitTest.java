package io.roomcast.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import com.auth0.jwt.interfaces.Claim;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublish;
import io.livekit.server.CanPublishData;
import io.livekit.server.CanSubscribe;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import io.livekit.server.WebhookReceiver;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.SfuTicket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens, beside those that LiveKit's own library makes and verifies. */
class LiveKitTest {
    private static final String KEY = "APIkey";
    private static final String SECRET = "a secret of at least 32 bytes, for tests";

    private static SfuTicket ticket(Instant now) {
        CallPeer peer = new CallPeer("Participant_-1", 1, "ann", true, true, false, false);
        Call call = new Call(
                "Call_-1",
                "conversation",
                false,
                CallMedia.VIDEO,
                "ann",
                now,
                now,
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
        return new LiveKit("wss://livekit.example.com", KEY, SECRET).ticket(call, peer, now);
    }

    private static Map<String, String> claims(String token) {
        return JWT.decode(token).getClaims().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, claim -> text(claim.getValue())));
    }

    private static String text(Claim claim) {
        Map<String, Object> fields = claim.asMap();
        return fields == null ? claim.toString() : new TreeMap<>(fields).toString();
    }

    @Test
    void token_says_what_one_of_livekit_says() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SfuTicket ticket = ticket(now);
        AccessToken expected = new AccessToken(KEY, SECRET);
        expected.setIdentity("Participant_-1");
        expected.setNotBefore(Date.from(now));
        expected.setExpiration(Date.from(ticket.expiresAt()));
        expected.addGrants(
                new RoomJoin(true),
                new RoomName("Call_-1"),
                new CanPublish(true),
                new CanSubscribe(true),
                new CanPublishData(false));
        Map<String, String> claims = claims(expected.toJwt());
        claims.remove("sip");
        assertThat(claims(ticket.token())).isEqualTo(claims);
        assertThat(JWT.decode(ticket.token()).getAlgorithm()).isEqualTo("HS256");
        assertThat(ticket.expiresAt()).isEqualTo(now.plusSeconds(600));
        assertThat(ticket.provider()).isEqualTo("livekit");
        assertThat(ticket.url()).isEqualTo("wss://livekit.example.com");
    }

    /** Verifies a token as LiveKit's library does. That of a webhook also has the hash of its body, which ours lacks. */
    private static void verify(String token, String secret) {
        new WebhookReceiver(KEY, secret).receive("{}", token);
    }

    @Test
    void library_of_livekit_verifies_the_signature_and_the_time() {
        String token = ticket(Instant.now()).token();
        assertThatThrownBy(() -> verify(token, SECRET)).hasMessageContaining("sha256");
        assertThatThrownBy(() -> verify(token, "another secret of at least 32 bytes, for tests"))
                .isInstanceOf(SignatureVerificationException.class);
        String expired = ticket(Instant.now().minusSeconds(700)).token();
        assertThatThrownBy(() -> verify(expired, SECRET)).isInstanceOf(TokenExpiredException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a b"})
    void key_that_would_change_the_token_is_refused(String key) {
        assertThatThrownBy(() -> new LiveKit("wss://livekit.example.com", key, SECRET))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
