package io.roomcast.chat.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.internal.handler.Handlers;
import io.roomcast.chat.internal.handler.TestHandlers;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.MessageType;
import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentRulesTest {
    private static final String HALF_A_SYMBOL = "\uD83D";
    private static final String URL = "https://files.example.com/a.png";

    private static final Handlers COMMANDS = TestHandlers.create();

    private static Attachment at(String url) {
        return new Attachment(url, null, null, null);
    }

    private static Attachment named(String fileName) {
        return new Attachment(URL, fileName, null, null);
    }

    private static Attachment sized(long fileSize) {
        return new Attachment(URL, null, fileSize, null);
    }

    private static Attachment typed(String mimeType) {
        return new Attachment(URL, null, null, mimeType);
    }

    private void validate(Attachment attachment) {
        COMMANDS.validate(SendMessage.of("room", null, MessageType.FILE, "", attachment, null), false);
    }

    private void assertAccepted(Attachment attachment) {
        assertThatNoException().isThrownBy(() -> validate(attachment));
    }

    private void assertInvalid(Attachment attachment, String field) {
        ChatException refusal = catchThrowableOfType(ChatException.class, () -> validate(attachment));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal.field()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a",
                "https://files.example.com/a.png?x=1#y",
                "HTTPS://EXAMPLE.COM",
                "/",
                "/api/files/17",
                "/grüße.png"
            })
    void url_is_http_or_a_path_of_this_server(String url) {
        assertAccepted(at(url));
    }

    static Stream<String> badUrls() {
        return Stream.of(
                "",
                "a.png",
                "ftp://a",
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "http://",
                "http:///a",
                "http://?a",
                "//evil.example.com/a",
                "/\\evil.example.com",
                " https://a",
                "https://a b",
                "https://a\n",
                "https://a\u0085",
                "https://a\0",
                "/a\u001b",
                "https://a/" + HALF_A_SYMBOL,
                "/" + HALF_A_SYMBOL);
    }

    @ParameterizedTest
    @MethodSource("badUrls")
    void url_of_another_form_is_invalid(String url) {
        assertInvalid(at(url), "fileUrl");
    }

    @ParameterizedTest
    @MethodSource("badUrls")
    void thumbnail_has_the_form_of_a_url(String url) {
        assertAccepted(new Attachment(URL, null, null, null, null, null, null, URL));
        assertInvalid(new Attachment(URL, null, null, null, null, null, null, url), "attachments[0].thumbnailUrl");
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of("width", (LongFunction<Attachment>) at -> shaped(at, 1L, 1L)),
                Arguments.of("height", (LongFunction<Attachment>) at -> shaped(1L, at, 1L)),
                Arguments.of("durationMs", (LongFunction<Attachment>) at -> shaped(1L, 1L, at)));
    }

    private static Attachment shaped(Long width, Long height, Long durationMs) {
        return new Attachment(URL, null, null, null, width, height, durationMs, null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void dimensions_are_safe_integers(String field, LongFunction<Attachment> attachment) {
        LongStream.of(0, 1, (1L << 53) - 1).forEach(number -> assertAccepted(attachment.apply(number)));
        LongStream.of(-1, 1L << 53, Long.MAX_VALUE)
                .forEach(number -> assertInvalid(attachment.apply(number), "attachments[0]." + field));
    }

    @Test
    void message_has_ten_files_at_most() {
        List<Attachment> ten = Collections.nCopies(FixedLimits.ATTACHMENTS, at(URL));
        assertThatNoException().isThrownBy(() -> validate(ten));
        assertThat(refusal(Collections.nCopies(FixedLimits.ATTACHMENTS + 1, at(URL)))
                        .field())
                .contains("attachments");
    }

    @Test
    void every_file_is_checked() {
        assertThat(refusal(List.of(at(URL), at(URL), at("ftp://a"))).field()).contains("attachments[2].fileUrl");
        assertThat(refusal(List.of(at(URL), named("a\nb"))).field()).contains("attachments[1].fileName");
    }

    private static void validate(List<Attachment> attachments) {
        COMMANDS.validate(
                new SendMessage(
                        "room", null, MessageType.FILE, "", attachments, null, null, List.of(), null, null, null, null),
                true);
    }

    private static ChatException refusal(List<Attachment> attachments) {
        return catchThrowableOfType(ChatException.class, () -> validate(attachments));
    }

    @Test
    void url_may_be_as_long_as_the_limit() {
        assertAccepted(at("/" + "a".repeat(2_047)));
        assertInvalid(at("/" + "a".repeat(2_048)), "fileUrl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.png", "Änne's (1).pdf", "\uD83D\uDE00.gif"})
    void name_may_be_any_printable_text(String fileName) {
        assertAccepted(named(fileName));
    }

    static Stream<String> badNames() {
        return Stream.of("a\0.png", "a\nb", "a\u007f", HALF_A_SYMBOL, "n".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void name_that_cannot_be_shown_is_invalid(String fileName) {
        assertInvalid(named(fileName), "fileName");
    }

    @Test
    void name_may_be_as_long_as_the_limit() {
        assertAccepted(named("n".repeat(255)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, (1L << 53) - 1})
    void size_is_a_safe_integer(long fileSize) {
        assertAccepted(sized(fileSize));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 53, Long.MAX_VALUE})
    void size_outside_the_safe_integers_is_invalid(long fileSize) {
        assertInvalid(sized(fileSize), "fileSize");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/vnd.ms-excel", "image/svg+xml", "x/y"})
    void mime_type_has_a_type_and_a_subtype(String mimeType) {
        assertAccepted(typed(mimeType));
    }

    static Stream<String> badTypes() {
        return Stream.of("", "image", "image/", "/png", "a/b/c", "a b/c", "ä/b", "a/b\n", "a".repeat(128) + "/b");
    }

    @ParameterizedTest
    @MethodSource("badTypes")
    void mime_type_of_another_form_is_invalid(String mimeType) {
        assertInvalid(typed(mimeType), "mimeType");
    }
}
