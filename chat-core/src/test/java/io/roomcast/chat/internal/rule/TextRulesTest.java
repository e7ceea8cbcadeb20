package io.roomcast.chat.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "grüße", "\uD83D\uDE00", "a\uD83D\uDE00b", "\uFFFF"})
    void text_with_whole_symbols_is_well_formed(String text) {
        assertThat(TextRules.isWellFormed(text)).isTrue();
    }

    @Test
    void text_with_half_a_symbol_is_not_well_formed() {
        assertThat(TextRules.isWellFormed("\uD83D")).isFalse();
        assertThat(TextRules.isWellFormed("\uDE00")).isFalse();
        assertThat(TextRules.isWellFormed("a\uD83Db")).isFalse();
        assertThat(TextRules.isWellFormed("\uDE00\uD83D")).isFalse();
        assertThat(TextRules.isWellFormed("\uD83D\uD83D\uDE00")).isFalse();
    }

    @Test
    void controls_are_taken_out_but_line_breaks_and_tabs_stay() {
        assertThat(TextRules.withoutControls("a\0b\u001bc\u0007")).isEqualTo("abc");
        assertThat(TextRules.withoutControls("a\r\n\tb")).isEqualTo("a\r\n\tb");
        assertThat(TextRules.withoutControls("\0\u0001")).isEmpty();
    }

    @Test
    void text_without_controls_stays_the_same_object() {
        String text = "nothing to do";
        assertThat(TextRules.withoutControls(text)).isSameAs(text);
    }

    @Test
    void symbols_outside_the_basic_plane_survive() {
        assertThat(TextRules.withoutControls("\0\uD83D\uDE00\0")).isEqualTo("\uD83D\uDE00");
    }
}
