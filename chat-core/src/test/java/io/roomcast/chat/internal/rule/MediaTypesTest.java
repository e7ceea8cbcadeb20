package io.roomcast.chat.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "application/vnd.oasis.opendocument.text",
                "application/ld+json",
                "text/plain;charset=utf-8",
                "text/plain; charset=utf-8",
                "text/plain ; charset=utf-8",
                "text/plain;  charset=\"utf-8\"",
                "video/webm; codecs=\"vp8, opus\"",
                "video/mp4; codecs=avc1.42E01E,mp4a.40.2;",
                "video/mp4; codecs=\"avc1.42E01E, mp4a.40.2\"; profiles=\"isom,mp42\"",
                "audio/ogg; codecs=\"a \\\" quote\"",
                "text/x; a=\"\"",
                "multipart/form-data; boundary=----WebKitFormBoundaryABC"
            })
    void media_type_is_recognised(String text) {
        assertThat(MediaTypes.isMediaType(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "image",
                "image/",
                "/png",
                "image/png/x",
                "image png",
                "image/p ng",
                "image/png; ",
                "image/png;;",
                "a/b; c",
                "a/b; =d",
                "a/b; c=",
                "a/b; c=\"d",
                "a/b; c=\"d\\\"",
                "a/b; c=\"d\ne\"",
                "a/b\n",
                "a/b; c=\"\ud800\"",
                "<script>/x",
                "text/html, image/png"
            })
    void other_text_is_not(String text) {
        assertThat(MediaTypes.isMediaType(text)).isFalse();
    }

    @Test
    void length_is_bounded() {
        assertThat(MediaTypes.isMediaType("a/b; c=\"" + "d".repeat(255 - 9) + "\""))
                .isTrue();
        assertThat(MediaTypes.isMediaType("a/b; c=\"" + "d".repeat(255 - 8) + "\""))
                .isFalse();
    }
}
