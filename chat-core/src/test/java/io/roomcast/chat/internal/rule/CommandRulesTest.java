package io.roomcast.chat.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRulesTest extends CommandRulesCase {
    @ParameterizedTest
    @CsvSource({"PT4.999S, false", "PT5S, true", "P365D, true", "P365DT0.001S, false", "PT0S, false", "-PT1H, false"})
    void message_expires_after_five_seconds_to_a_year(Duration expiresIn, boolean isAccepted) {
        SendMessage send = new SendMessage(
                "room", null, MessageType.TEXT, "x", List.of(), null, null, List.of(), null, expiresIn, null, null);
        if (isAccepted) {
            assertAccepted(send);
        } else {
            assertInvalid(send, "expiresInMs");
        }
    }

    private static SendMessage custom(MessageType type, String customType) {
        return new SendMessage(
                "room", null, type, "a poll", List.of(), null, null, List.of(), "{}", null, null, customType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "poll", "acme.poll-2_x", "0"})
    void custom_type_is_a_short_name(String customType) {
        assertAccepted(custom(MessageType.CUSTOM, customType));
        assertInvalid(custom(MessageType.TEXT, customType), "customType");
        COMMANDS.validate(custom(MessageType.CUSTOM, customType), true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Poll",
                "a b",
                "a/b",
                "ä",
                "a\n",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void custom_type_of_another_form_is_invalid(String customType) {
        assertInvalid(custom(MessageType.CUSTOM, customType), "customType");
    }

    @Test
    void custom_message_has_a_type_and_a_text() {
        assertRefused(custom(MessageType.CUSTOM, null), ErrorCode.MISSING_FIELDS, "customType");
        assertRefused(custom(MessageType.CUSTOM, ""), ErrorCode.MISSING_FIELDS, "customType");
        assertRefused(
                new SendMessage(
                        "room", null, MessageType.CUSTOM, "", List.of(), null, null, List.of(), "{}", null, null, "a"),
                ErrorCode.MISSING_FIELDS,
                "content");
    }

    @Test
    void content_keeps_hidden_characters() {
        assertAccepted(text("ad\u200bmin \u202e"));
    }

    @Test
    void content_of_text_is_required() {
        assertRefused(text(null), ErrorCode.MISSING_FIELDS, "content");
        assertRefused(text(""), ErrorCode.MISSING_FIELDS, "content");
    }

    @Test
    void content_of_nothing_but_controls_is_missing() {
        assertRefused(text("\0\u0007"), ErrorCode.MISSING_FIELDS, "content");
    }

    @Test
    void content_of_spaces_is_content_as_in_the_seed() {
        assertAccepted(text(" "));
    }

    @Test
    void content_may_be_as_long_as_the_limit_in_utf16_units() {
        assertAccepted(text("x".repeat(5_000)));
        assertAccepted(text("\uD83D\uDE00".repeat(2_500)));
        assertRefused(text("x".repeat(5_001)), ErrorCode.MESSAGE_TOO_LONG, null);
        assertRefused(text("\uD83D\uDE00".repeat(2_500) + "x"), ErrorCode.MESSAGE_TOO_LONG, null);
    }

    @Test
    void content_with_half_a_symbol_is_invalid() {
        assertInvalid(text("a" + HALF_A_SYMBOL + "b"), "content");
    }

    @ParameterizedTest
    @CsvSource({"FILE", "IMAGE"})
    void attachment_of_a_file_or_image_speaks_for_itself(MessageType type) {
        Attachment attachment = new Attachment(URL, null, null, null);
        assertAccepted(SendMessage.of("room", null, type, "", attachment, null));
        assertAccepted(SendMessage.of("room", null, type, null, attachment, null));
    }

    @ParameterizedTest
    @CsvSource({"FILE", "IMAGE"})
    void file_or_image_without_attachment_needs_content(MessageType type) {
        assertRefused(SendMessage.of("room", null, type, "", null, null), ErrorCode.MISSING_FIELDS, "content");
    }

    @Test
    void text_with_attachment_needs_content() {
        Attachment attachment = new Attachment(URL, null, null, null);
        assertRefused(
                SendMessage.of("room", null, MessageType.TEXT, "", attachment, null),
                ErrorCode.MISSING_FIELDS,
                "content");
    }

    static Stream<GetMessages> goodPages() {
        return Stream.of(
                page(null, null, null, null),
                page(0L, null, null, 1),
                page(null, (1L << 53) - 1, null, 100),
                page(null, null, 17L, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("goodPages")
    void page_with_at_most_one_cursor_is_accepted(GetMessages command) {
        assertAccepted(command);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 53, Long.MAX_VALUE})
    void cursor_outside_the_safe_integers_is_refused(long seq) {
        assertRefused(page(seq, null, null, null), ErrorCode.INVALID_CURSOR, "before");
        assertRefused(page(null, seq, null, null), ErrorCode.INVALID_CURSOR, "after");
        assertRefused(page(null, null, seq, null), ErrorCode.INVALID_CURSOR, "around");
    }

    @Test
    void page_with_two_cursors_is_refused() {
        assertRefused(page(1L, 1L, null, null), ErrorCode.INVALID_CURSOR, "before");
        assertRefused(page(1L, null, 1L, null), ErrorCode.INVALID_CURSOR, "before");
        assertRefused(page(null, 1L, 1L, null), ErrorCode.INVALID_CURSOR, "after");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void page_without_room_for_a_message_is_refused(int limit) {
        assertInvalid(page(null, null, null, limit), "limit");
    }

    @Test
    void refusal_of_an_attachment_names_its_field() {
        assertInvalid(file(new Attachment("ftp://files", null, null, null)), "fileUrl");
    }

    @Test
    void reply_names_what_could_be_a_message() {
        assertAccepted(replying("0190c0de-1", List.of(), null));
        assertInvalid(replying("", List.of(), null), "replyTo");
        assertInvalid(replying("a b", List.of(), null), "replyTo");
        assertInvalid(replying("a".repeat(129), List.of(), null), "replyTo");
    }

    @Test
    void message_names_fifty_users_at_the_most() {
        assertAccepted(replying(null, Collections.nCopies(50, "bob"), null));
        assertInvalid(replying(null, Collections.nCopies(51, "bob"), null), "mentions");
        assertInvalid(replying(null, List.of("bob", ""), null), "mentions[1]");
        assertInvalid(replying(null, List.of("b\nb"), null), "mentions[0]");
    }

    @Test
    void metadata_of_more_than_four_kilobytes_is_too_large() {
        assertAccepted(replying(null, List.of(), "{\"a\":\"" + "x".repeat(4_088) + "\"}"));
        assertRefused(
                replying(null, List.of(), "{\"a\":\"" + "x".repeat(4_089) + "\"}"), ErrorCode.PAYLOAD_TOO_LARGE, null);
        assertInvalid(replying(null, List.of(), HALF_A_SYMBOL), "metadata");
    }

    @Test
    void edit_follows_the_rules_of_a_message() {
        assertAccepted(EditMessage.of("room", "m1", "").withExpectedVersion(0));
        assertRefused(EditMessage.of("room", "", "x"), ErrorCode.MISSING_FIELDS, "messageId");
        assertInvalid(EditMessage.of("room", "m 1", "x"), "messageId");
        assertInvalid(EditMessage.of("room", "m1", HALF_A_SYMBOL), "content");
        assertInvalid(new EditMessage("room", "m1", "x", null, -1L), "expectedVersion");
        assertRefused(EditMessage.of("room", "m1", "x".repeat(5_001)), ErrorCode.MESSAGE_TOO_LONG, null);
        assertRefused(
                EditMessage.of("room", "m1", "x").withMetadata("x".repeat(4_097)), ErrorCode.PAYLOAD_TOO_LARGE, null);
    }

    @Test
    void change_names_a_message() {
        assertRefused(new DeleteMessage("room", ""), ErrorCode.MISSING_FIELDS, "messageId");
        assertRefused(new AddReaction("room", "m1", ""), ErrorCode.MISSING_FIELDS, "key");
        assertAccepted(new RemoveReaction("room", "m1", "x".repeat(32)));
    }

    @Test
    void position_is_a_pair_of_counts() {
        assertAccepted(new SyncRoom("room", Position.START, "epoch", 1));
        assertRefused(new SyncRoom("room", Position.START, "", 1), ErrorCode.MISSING_FIELDS, "epoch");
        assertInvalid(new SyncRoom("room", new Position(-1, 0), "epoch", 1), "after");
        assertInvalid(new SyncRoom("room", Position.START, "epoch", 0), "limit");
        assertInvalid(JoinRoom.after("room", new Position(0, 1L << 53)), "after");
        assertInvalid(JoinRoom.of("room").withLimit(0), "limit");
    }

    @Test
    void presence_is_asked_of_one_to_two_hundred_users() {
        List<String> many = Collections.nCopies(201, "bob");
        for (Function<List<String>, Command<?>> command : List.<Function<List<String>, Command<?>>>of(
                GetPresence::new, SubscribePresence::new, UnsubscribePresence::new)) {
            assertAccepted(command.apply(many.subList(0, 200)));
            assertInvalid(command.apply(many), "userIds");
            assertInvalid(command.apply(List.of("ann", "b\nb")), "userIds[1]");
            assertRefused(command.apply(List.of()), ErrorCode.MISSING_FIELDS, "userIds");
        }
    }

    @Test
    void new_token_is_required() {
        assertAccepted(new RefreshToken("token"));
        assertRefused(new RefreshToken(""), ErrorCode.MISSING_FIELDS, "token");
    }

    @Test
    void message_of_the_system_is_the_hosts_alone() {
        SendMessage welcome = SendMessage.of("room", null, MessageType.SYSTEM, "welcome", null, null);
        assertAccepted(welcome);
        ChatException refusal = catchThrowableOfType(ChatException.class, () -> COMMANDS.validate(welcome, true));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal.field()).contains("type");
        assertThatNoException().isThrownBy(() -> COMMANDS.validate(text("hello"), true));
    }
}
