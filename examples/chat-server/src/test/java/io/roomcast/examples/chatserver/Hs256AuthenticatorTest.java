package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.UserProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hs256AuthenticatorTest {
    private static final String SECRET = "a secret of at least 32 bytes, for tests";
    private static final Algorithm SIGNATURE = Algorithm.HMAC256(SECRET);
    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
    private static final Instant PAST = Instant.parse("2001-01-01T00:00:00Z");

    private final List<UserProfile> users = new ArrayList<>();
    private final Hs256Authenticator authenticator = new Hs256Authenticator(SECRET, users::add);

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

    @Test
    void validToken_saysWhatOthersSeeOfItsUser() {
        var named = JWT.create().withSubject("alice").withClaim("name", "Alice Example");

        authenticator.authenticate(
                named.withClaim("picture", "https://example.org/alice.png").sign(SIGNATURE));
        authenticator.authenticate(
                JWT.create().withSubject("bob").withClaim("name", 7).sign(SIGNATURE));
        assertThatThrownBy(() -> authenticator.authenticate(named.sign(Algorithm.none())))
                .isInstanceOf(ChatException.class);

        assertThat(users)
                .containsExactly(
                        UserProfile.named("alice", "Alice Example").withAvatarUrl("https://example.org/alice.png"),
                        new UserProfile("bob", null, null, null));
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
        Hs256Authenticator demo = Hs256Authenticator.ofUnsigned(users::add);
        var alice = JWT.create().withSubject("alice");

        assertThat(demo.authenticate(alice.sign(Algorithm.none()))).isEqualTo(Principal.of("alice"));
        assertThatThrownBy(() -> demo.authenticate(alice.sign(SIGNATURE))).isInstanceOf(ChatException.class);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Signs any two texts correctly, so that only their form can be at fault. */
    private static String signed(String header, String claims) {
        return signedParts(encoded(header), encoded(claims));
    }

    private static String signedParts(String header, String claims) {
        byte[] signature =
                SIGNATURE.sign(header.getBytes(StandardCharsets.UTF_8), claims.getBytes(StandardCharsets.UTF_8));
        String parts = header + "." + claims;
        return parts + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    static Stream<Arguments> forgedHeaders() {
        return Stream.of(
                        "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":4102444800}",
                        "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
                        "{\"alg\":\"HS256\",\"crit\":[]}",
                        "{\"alg\":\"HS256\",\"crit\":null}",
                        "{\"alg\":\"HS256\",\"alg\":\"none\"}",
                        "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"typ\":\"JWT\"}",
                        "{\"alg\":\"HS256\",\"\\u0061lg\":\"none\"}",
                        "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"kty\":\"oct\"}}",
                        "{\"alg\":\"none\"}",
                        "{\"alg\":\"None\"}",
                        "{\"alg\":\"hs256\"}",
                        "{\"alg\":\"HS384\"}",
                        "{\"alg\":\"RS256\"}",
                        "{\"alg\":\"\"}",
                        "{\"alg\":null}",
                        "{\"alg\":[\"HS256\"]}",
                        "{\"alg\":256}",
                        "{}",
                        "{\"typ\":\"JWT\"}",
                        "[]",
                        "null",
                        "\"HS256\"",
                        "",
                        "{\"alg\":\"HS256\"} {}",
                        "{\"alg\":\"HS256\"}x",
                        "{\"alg\":\"HS256\",}",
                        "{'alg':'HS256'}",
                        "\ufeff{\"alg\":\"HS256\"}",
                        "{\"alg\":\"HS256\"")
                .map(header -> Arguments.argumentSet("header " + header, signed(header, "{\"sub\":\"alice\"}")));
    }

    static Stream<Arguments> forgedClaims() {
        return Stream.of(
                        "{\"sub\":\"alice\",\"sub\":\"root\"}",
                        "{\"sub\":\"alice\",\"s\\u0075b\":\"root\"}",
                        "{\"sub\":\"alice\",\"exp\":1,\"exp\":4102444800}",
                        "{\"sub\":\"alice\",\"exp\":4102444800,\"exp\":1}",
                        "{\"sub\":\"alice\",\"x\":{\"a\":1,\"a\":2}}",
                        "{\"sub\":\"alice\",\"exp\":\"4102444800\"}",
                        "{\"sub\":\"alice\",\"exp\":null}",
                        "{\"sub\":\"alice\",\"exp\":true}",
                        "{\"sub\":\"alice\",\"exp\":[]}",
                        "{\"sub\":\"alice\",\"nbf\":\"1\"}",
                        "{\"sub\":\"alice\",\"nbf\":null}",
                        "{\"sub\":\"alice\",\"iat\":\"1\"}",
                        "{\"sub\":[\"alice\"]}",
                        "{\"sub\":{\"id\":\"alice\"}}",
                        "{\"sub\":7}",
                        "{\"sub\":null}",
                        "{\"sub\":\"\"}",
                        "{\"SUB\":\"alice\"}",
                        "[\"alice\"]",
                        "alice",
                        "",
                        "{\"sub\":\"alice\"}{\"sub\":\"root\"}",
                        "{\"sub\":\"alice\"",
                        "\ufeff{\"sub\":\"alice\"}")
                .map(claims -> Arguments.argumentSet("claims " + claims, signed("{\"alg\":\"HS256\"}", claims)));
    }

    static Stream<Arguments> forgedParts() {
        String good = JWT.create().withSubject("alice").sign(SIGNATURE);
        String header = good.substring(0, good.indexOf('.'));
        String claims = encoded("{\"sub\":\"ali\"}");
        String latin = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"sub\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        String wide = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"sub\":\"alice\"}".getBytes(StandardCharsets.UTF_16BE));
        return Stream.of(
                Arguments.argumentSet("padded signature", good + "="),
                Arguments.argumentSet("signature with bits behind its end", withSpareBits(good)),
                Arguments.argumentSet("signature with a space", good + " "),
                Arguments.argumentSet("signature with a line end", good + "\n"),
                Arguments.argumentSet("signature cut by a byte", good.substring(0, good.length() - 2)),
                Arguments.argumentSet("signature with more behind", good + "AAAA"),
                Arguments.argumentSet("signature in standard base64", inStandardAlphabet()),
                Arguments.argumentSet("no signature", good.substring(0, good.lastIndexOf('.') + 1)),
                Arguments.argumentSet("two parts", good.substring(0, good.lastIndexOf('.'))),
                Arguments.argumentSet("four parts", good + ".x"),
                Arguments.argumentSet("empty fourth part", good + "."),
                Arguments.argumentSet("five parts, as of encrypted tokens", good + ".x.y"),
                Arguments.argumentSet("space before", " " + good),
                Arguments.argumentSet("with its scheme", "Bearer " + good),
                Arguments.argumentSet("padded header", signedParts(encoded("{\"alg\":\"HS256\"} ") + "=", claims)),
                Arguments.argumentSet("padded claims", signedParts(header, encoded("{\"sub\":\"alice\"}") + "==")),
                Arguments.argumentSet("claims with a line end", signedParts(header, claims + "\n")),
                Arguments.argumentSet("claims that are not UTF-8", signedParts(header, latin)),
                Arguments.argumentSet("claims in UTF-16", signedParts(header, wide)),
                Arguments.argumentSet("empty text", ""),
                Arguments.argumentSet("dots", ".."),
                Arguments.argumentSet("deep claims", signed("{\"alg\":\"HS256\"}", "[".repeat(5_000))));
    }

    /** The last of 43 characters holds four bits of the 256; the other two are to be zero. */
    private static String withSpareBits(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
    }

    private static String inStandardAlphabet() {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> JWT.create().withSubject("alice" + i).sign(SIGNATURE))
                .filter(token -> token.substring(token.lastIndexOf('.')).contains("_"))
                .map(token -> token.replace('_', '/'))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource({"forgedHeaders", "forgedClaims", "forgedParts"})
    void forgedToken_isRefused(String token) {
        assertThatThrownBy(() -> authenticator.authenticate(token))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"alice\",\"exp\":4102444800.5}",
                "{\"sub\":\"alice\",\"aud\":[\"a\",\"b\"],\"x\":{\"sub\":\"bob\"}}",
                " {\"sub\" : \"alice\"} ",
                "{\"sub\":\"al\\u0069ce\",\"name\":\"\u00c4\"}"
            })
    void unusualToken_isAccepted(String claims) {
        for (String header :
                List.of("{\"alg\":\"HS256\"}", "{\"typ\":\"JWT\",\"alg\":\"HS256\",\"kid\":\"k\",\"x\":1}")) {
            assertThat(authenticator.authenticate(signed(header, claims)).userId())
                    .isEqualTo("alice");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s.%s", "%s.%s.x", "%s.%s..", "%s=.%s.", "%s.%s.="})
    void demo_readsTheFormStrictlyToo(String form) {
        String token = String.format(form, encoded("{\"alg\":\"none\"}"), encoded("{\"sub\":\"alice\"}"));
        assertThatThrownBy(() -> Hs256Authenticator.ofUnsigned(users::add).authenticate(token))
                .isInstanceOf(ChatException.class);
    }
}
