package io.roomcast.chat.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " { } ",
                "{\"a\":1}",
                "{\"a\":-0.5e+10,\"b\":0,\"c\":1E5}",
                "{\"a\":[],\"b\":[1,2,[3]],\"c\":{\"d\":null}}",
                "{\"a\":true,\"b\":false}",
                "{\"\":\"\\u00e9\\n\\\"\\\\/\"}",
                "{\"ä\":\"\uD83D\uDE00\"}",
                "{\n\t\"a\" : [ 1 , 2 ]\r\n}",
                "{\"a\":[-0.0,1e308,9007199254740993,1e-400,0.1000000000000000055511151231257827]}",
                "{\"a\":\"\\ud83d\\ude80 \\u0000\"}"
            })
    void object_is_one(String text) {
        assertThat(JsonSyntax.isObject(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{not json",
                "{",
                "}",
                "[]",
                "\"a\"",
                "1",
                "null",
                "{}{}",
                "{} x",
                "{a:1}",
                "{'a':1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":-}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\",
                "{\"a\":\"\t\"}",
                "{\"a\":\"b}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":[1}",
                "{\"a\":{]}",
                "{\"a\":1e400}",
                "{\"a\":[-1e309]}",
                "{\"a\":\"\\ud83d\"}",
                "{\"a\":\"\\ude80\"}",
                "{\"a\":\"\\ude80\\ud83d\"}",
                "{\"a\":\"\\ud83d x\"}",
                "{\"\\udc00\":1}",
                "{\"a\":\"\\u\uff11\uff11\uff11\uff11\"}"
            })
    void other_text_is_none(String text) {
        assertThat(JsonSyntax.isObject(text)).isFalse();
    }

    @Test
    void levels_are_bounded() {
        assertThat(JsonSyntax.isObject("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}"))
                .isTrue();
        assertThat(JsonSyntax.isObject("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isFalse();
    }
}
