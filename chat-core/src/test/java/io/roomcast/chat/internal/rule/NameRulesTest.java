package io.roomcast.chat.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {
    private static final String WOMAN_TECHNOLOGIST = "\uD83D\uDC69\u200D\uD83D\uDCBB";
    private static final String ENGLAND = Character.toString(0x1F3F4)
            + "gbeng"
                    .chars()
                    .mapToObj(letter -> Character.toString(0xE0000 + letter))
                    .reduce("", String::concat)
            + Character.toString(0xE007F);

    private static boolean isId(String text) {
        return NameRules.isId(text, 128);
    }

    private static boolean isName(String text) {
        return NameRules.isName(text, 255);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "conversation-1",
                "507f1f77bcf86cd799439011",
                "team|42",
                "ünal",
                "a+b",
                "room 7",
                "a/b",
                "a%2Fb",
                "100%",
                "..",
                "<script>",
                "$where",
                "a\\b",
                "東京",
                "Ελλάδα",
                "मुंबई",
                "\uD83D\uDE80",
                "e\u0301"
            })
    void visible_text_is_an_id_and_a_name(String text) {
        assertThat(isId(text)).isTrue();
        assertThat(isName(text)).isTrue();
    }

    static Stream<Integer> hidden() {
        IntStream controls = IntStream.concat(IntStream.rangeClosed(0, 0x1F), IntStream.rangeClosed(0x7F, 0x9F));
        IntStream marks = IntStream.of(
                0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E,
                0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064,
                0x2065, 0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0x206F, 0x2800, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0,
                0xFFF0, 0xFFF9, 0xFFFB, 0xFFFC, 0x16FE4, 0x1D159, 0x13441, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1D173,
                0x1FFFE, 0x1BCA0, 0xE0001, 0xE0020, 0xE007F, 0xE0100, 0xE01EF, 0x10FFFF);
        IntStream blanks = IntStream.concat(IntStream.of(0x1680, 0x205F), IntStream.rangeClosed(0x2000, 0x200A));
        IntStream halves = IntStream.of(0xD800, 0xDBFF, 0xDC00, 0xDFFF);
        return Stream.of(controls, marks, blanks, halves).flatMap(IntStream::boxed);
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void hidden_characters_are_refused_among_letters(int character) {
        String text = "ad" + Character.toString(character) + "min";
        assertThat(isId(text)).isFalse();
        assertThat(isName(text)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void hidden_characters_are_refused_alone_and_at_the_ends(int character) {
        String hidden = Character.toString(character);
        assertThat(Stream.of(hidden, hidden + "a", "a" + hidden)).noneMatch(NameRulesTest::isId);
        assertThat(Stream.of(hidden, hidden + "a", "a" + hidden)).noneMatch(NameRulesTest::isName);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xA0, 0x202F, 0x3000})
    void spaces_that_people_type_are_of_names_alone(int space) {
        String text = "a" + Character.toString(space) + "b";
        assertThat(isId(text)).isFalse();
        assertThat(isName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", " a", "a ", "\u00A0a", "a\u00A0", "a\u3000", "\u202Fa", "  "})
    void spaces_at_the_ends_are_refused(String text) {
        assertThat(isId(text)).isFalse();
        assertThat(isName(text)).isFalse();
    }

    static Stream<String> scripts() {
        return Stream.of(
                "می\u200Cخواهم",
                "क\u094D\u200Dष",
                "ᠠ\u180Eᠨ",
                "\u0600\u0661",
                "葛\uDB40\uDD00城",
                WOMAN_TECHNOLOGIST,
                "\u2764\uFE0F",
                "1\uFE0F\u20E3",
                "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
                "Team " + ENGLAND + " 1",
                "Screenshot 2024-01-01 at 10.00.00\u202FAM.png",
                "Réunion\u00A0: 14\u202Fh",
                "東京\u3000支店");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void names_keep_what_scripts_and_emoji_are_built_with(String text) {
        assertThat(isName(text)).isTrue();
        assertThat(isId(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "می\u200C\u200Cخواهم",
                "می\u200C",
                "\u200Cمی",
                "а\u200Dб",
                "ệ\u200Dx",
                "admin\uFE0F",
                "аdmin\uFE0F\uFE0F",
                "a \uFE0F",
                "\uDB40\uDC67\uDB40\uDC62"
            })
    void names_refuse_it_where_it_has_no_effect(String text) {
        assertThat(isName(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0301",
                "\u0301a",
                "\u0301\u0301",
                "a \u0301b",
                "\u0903a",
                "\u093E",
                "\u20DD",
                "\u20DD1",
                "\u0E31\u0E01",
                "\u05B8\u05D0",
                "\u064B\u0627",
                "\uD834\uDD65"
            })
    void mark_without_a_character_to_combine_with_is_refused(String text) {
        assertThat(isId(text)).isFalse();
        assertThat(isName(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e\u0301",
                "a\u0301\u0327",
                "\u0E01\u0E31",
                "\u0627\u064B",
                "\u05D0\u05B8",
                "x \u0915\u093E",
                "1\u20DD"
            })
    void mark_after_its_character_is_of_ids_and_names(String text) {
        assertThat(isId(text)).isTrue();
        assertThat(isName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xE000, 0xF8FF, 0xF0000, 0x10FFFD, 0x0378, 0x2FE0, 0x1CC8, 0x1FBFB, 0x40000, 0xDFFFD})
    void private_and_unknown_characters_are_of_names_alone(int character) {
        String unknown = Character.toString(character);
        assertThat(Stream.of(unknown, "a" + unknown, unknown + "a")).noneMatch(NameRulesTest::isId);
        assertThat(Stream.of(unknown, "a" + unknown, unknown + "a")).allMatch(NameRulesTest::isName);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x1FAE0, 0x1FAFF, 0x1F8D0, 0x31350, 0x2EBF0, 0x3FFFD})
    void emoji_and_chinese_characters_that_java_does_not_know_are_of_ids_and_names(int character) {
        assertThat(isId(Character.toString(character))).isTrue();
        assertThat(isName(Character.toString(character))).isTrue();
    }

    @Test
    void length_counts_utf16_units() {
        assertThat(isId("a".repeat(128))).isTrue();
        assertThat(isId("a".repeat(129))).isFalse();
        assertThat(isId("\uD83D\uDE80".repeat(64))).isTrue();
        assertThat(isId("\uD83D\uDE80".repeat(65))).isFalse();
        assertThat(isName("n".repeat(255))).isTrue();
        assertThat(isName("n".repeat(256))).isFalse();
    }

    @Test
    void name_may_be_empty_and_an_id_may_not() {
        assertThat(isName("")).isTrue();
        assertThat(isId("")).isFalse();
    }
}
