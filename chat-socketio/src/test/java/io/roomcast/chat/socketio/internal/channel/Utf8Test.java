package io.roomcast.chat.socketio.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\u00e9\u20ac", "\ud83d\ude00", "a \ufffd of the client's own", "\ufeff\0"})
    void valid_text_is_decoded(String text) throws CharacterCodingException {
        assertThat(Utf8.decode(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)))
                .isEqualTo(text);
    }

    /**
     * A lone byte, an overlong form, a truncated character, a surrogate, a code beyond the last character, and a
     * replacement character before another error.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080",
                "\u00c0\u00af",
                "\u00e2\u0082",
                "\u00ed\u00a0\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00ff",
                "\u00ef\u00bf\u00bd\u00ff"
            })
    void malformed_text_is_rejected(String octets) {
        ByteBuf bytes = Unpooled.copiedBuffer("before " + octets + " behind", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Utf8.decode(bytes)).isInstanceOf(CharacterCodingException.class);
    }
}
