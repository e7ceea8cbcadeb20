package io.roomcast.chat.socketio.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VapidKeysTest {
    /** The generator of the curve, which is the public key of the private key 1. */
    private static final String GENERATOR = encode("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");

    private static final String ONE = encode("0".repeat(63) + "1");

    private static String encode(String hex) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex(hex));
    }

    @Test
    void keys_can_be_written_and_read() {
        VapidKeys keys = VapidKeys.generate();
        VapidKeys read = VapidKeys.of(keys.publicKey(), keys.privateKey());
        assertThat(read.publicKey()).isEqualTo(keys.publicKey()).hasSize(87);
        assertThat(read.privateKey()).isEqualTo(keys.privateKey()).hasSize(43);
        assertThat(VapidKeys.generate().publicKey()).isNotEqualTo(keys.publicKey());
    }

    @Test
    void short_numbers_keep_their_zeros() {
        VapidKeys keys = VapidKeys.of(GENERATOR, ONE);
        assertThat(keys.publicKey()).isEqualTo(GENERATOR);
        assertThat(keys.privateKey()).isEqualTo(ONE);
    }

    @Test
    void padding_is_accepted() {
        assertThat(VapidKeys.of(GENERATOR + "=", ONE + "=").publicKey()).isEqualTo(GENERATOR);
    }

    @Test
    void text_form_does_not_contain_the_private_key() {
        VapidKeys keys = VapidKeys.generate();
        assertThat(keys.toString()).contains(keys.publicKey()).doesNotContain(keys.privateKey());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another private key, generator, two",
        "zero, generator, zero",
        "the order of the curve, generator, order",
        "a point that is not on the curve, off, one",
        "a compressed point, compressed, one",
        "another form of a point, hybrid, one",
        "no base64url, '!', one",
        "an empty public key, '', one",
        "an empty private key, generator, ''",
        "exchanged keys, one, generator"
    })
    void invalid_keys_are_refused_and_not_repeated(String name, String publicKey, String privateKey) {
        assertThatThrownBy(() -> VapidKeys.of(key(publicKey), key(privateKey)))
                .as(name)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("publicKey and privateKey: expected 65 and 32 bytes in base64url, which are a pair");
    }

    private static String key(String name) {
        return switch (name) {
            case "generator" -> GENERATOR;
            case "one" -> ONE;
            case "two" -> encode("0".repeat(63) + "2");
            case "zero" -> encode("0".repeat(64));
            case "order" -> encode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
            case "off" -> encode("04" + "0".repeat(127) + "1");
            case "compressed" -> encode("036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
            case "hybrid" ->
                encode("06"
                        + HexFormat.of()
                                .formatHex(Base64.getUrlDecoder().decode(GENERATOR))
                                .substring(2));
            default -> name;
        };
    }
}
