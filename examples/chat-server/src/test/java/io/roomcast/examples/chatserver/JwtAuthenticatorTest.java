package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JwtAuthenticatorTest {
    private static final String SECRET = "a secret of at least 32 bytes, for tests";
    private static final Algorithm SIGNATURE = Algorithm.HMAC256(SECRET);
    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
    private static final Instant PAST = Instant.parse("2001-01-01T00:00:00Z");

    private final JwtAuthenticator authenticator = new JwtAuthenticator(SECRET);

    @Test
    void goodToken_namesTheUser() {
        assertThat(authenticator.authenticate(JWT.create().withSubject("alice").sign(SIGNATURE)))
                .isEqualTo(Principal.of("alice"));
    }

    @Test
    void expiry_isThePrincipalsEnd() {
        String token = JWT.create().withSubject("alice").withExpiresAt(FAR).sign(SIGNATURE);

        assertThat(authenticator.authenticate(token))
                .isEqualTo(Principal.of("alice").expiringAt(FAR));
    }

    static Stream<Arguments> refusals() {
        Algorithm otherSecret = Algorithm.HMAC256("another secret of at least 32 bytes, too");
        var alice = JWT.create().withSubject("alice");
        return Stream.of(
                Arguments.argumentSet("wrong signature", alice.sign(otherSecret), ErrorCode.UNAUTHENTICATED),
                Arguments.argumentSet("alg none", alice.sign(Algorithm.none()), ErrorCode.UNAUTHENTICATED),
                Arguments.argumentSet("HS512", alice.sign(Algorithm.HMAC512(SECRET)), ErrorCode.UNAUTHENTICATED),
                Arguments.argumentSet("no subject", JWT.create().sign(SIGNATURE), ErrorCode.UNAUTHENTICATED),
                Arguments.argumentSet(
                        "blank subject", JWT.create().withSubject(" ").sign(SIGNATURE), ErrorCode.UNAUTHENTICATED),
                Arguments.argumentSet("not a token", "hunter2", ErrorCode.UNAUTHENTICATED),
                Arguments.argumentSet(
                        "not yet valid",
                        JWT.create().withSubject("alice").withNotBefore(FAR).sign(SIGNATURE),
                        ErrorCode.UNAUTHENTICATED),
                Arguments.argumentSet(
                        "expired",
                        JWT.create().withSubject("alice").withExpiresAt(PAST).sign(SIGNATURE),
                        ErrorCode.TOKEN_EXPIRED),
                Arguments.argumentSet(
                        "expired, wrong signature",
                        JWT.create().withSubject("alice").withExpiresAt(PAST).sign(otherSecret),
                        ErrorCode.UNAUTHENTICATED));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void badToken_isRefused(String token, ErrorCode code) {
        assertThatThrownBy(() -> authenticator.authenticate(token))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void demo_believesUnsignedTokens_andNoOthers() {
        JwtAuthenticator demo = JwtAuthenticator.ofUnsigned();
        var alice = JWT.create().withSubject("alice");

        assertThat(demo.authenticate(alice.sign(Algorithm.none()))).isEqualTo(Principal.of("alice"));
        assertThatThrownBy(() -> demo.authenticate(alice.sign(SIGNATURE))).isInstanceOf(ChatException.class);
    }
}
