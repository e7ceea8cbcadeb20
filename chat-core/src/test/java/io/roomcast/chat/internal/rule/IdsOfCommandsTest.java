package io.roomcast.chat.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the ids and names in commands. */
class IdsOfCommandsTest extends CommandRulesCase {
    static Stream<Command<?>> commandsWithoutConversation() {
        return Stream.of(
                JoinRoom.of(""),
                new LeaveRoom(""),
                SendMessage.text("", "hello"),
                StartTyping.of(""),
                StopTyping.of(""),
                GetMessages.latest(""));
    }

    @ParameterizedTest
    @MethodSource("commandsWithoutConversation")
    void command_without_conversation_lacks_a_field(Command<?> command) {
        assertRefused(command, ErrorCode.MISSING_FIELDS, "conversationId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "conversation-1", "d:3:ann:bob", "team|42", "\u00fcnal", "a+b", "room 7", "a/b"})
    void conversation_id_may_be_any_visible_text(String conversationId) {
        assertAccepted(JoinRoom.of(conversationId));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a ", " a", "a\n", "\n", "a\0", "a\u2028", "a\u200bb", "a\u00a0b", "\u202eab"})
    void conversation_id_with_other_characters_is_invalid(String conversationId) {
        assertInvalid(JoinRoom.of(conversationId), "conversationId");
        assertInvalid(new LeaveRoom(conversationId), "conversationId");
    }

    @Test
    void refusal_of_an_id_has_the_expected_form() {
        assertThatExceptionOfType(ChatException.class)
                .isThrownBy(() -> COMMANDS.validate(JoinRoom.of("a\u200bb"), false))
                .withMessage("Invalid conversationId"
                        + " (expected: 1 to 128 UTF-16 units of visible characters, with spaces only between them)");
    }

    static Stream<Arguments> fieldsWithHiddenCharacters() {
        String hidden = "ad\u200bmin";
        return Stream.of(
                Arguments.of("conversationId", JoinRoom.of(hidden)),
                Arguments.of("conversationId", new GetReceipts(hidden)),
                Arguments.of(
                        "conversationId",
                        new CreateConversation(hidden, ConversationKind.GROUP, null, List.of(), null)),
                Arguments.of("conversationId", new MarkDelivered(List.of(new MarkDelivered.Item(hidden, 1)))),
                Arguments.of("title", CreateConversation.group(hidden, List.of())),
                Arguments.of("title", new UpdateConversation("room", hidden, null)),
                Arguments.of(
                        "memberIds[0]",
                        new CreateConversation(null, ConversationKind.GROUP, null, List.of(hidden), null)),
                Arguments.of("memberIds[0]", new AddMembers("room", List.of(hidden))),
                Arguments.of("userId", new RemoveMember("room", hidden)),
                Arguments.of("mentions[0]", mentioning(hidden)),
                Arguments.of("fileName", file(new Attachment(URL, hidden, null, null))),
                Arguments.of("key", new AddReaction("room", "m1", hidden)));
    }

    private static SendMessage mentioning(String userId) {
        return replying(null, List.of(userId), null);
    }

    @ParameterizedTest
    @MethodSource("fieldsWithHiddenCharacters")
    void hidden_characters_are_refused_in_every_id_and_name(String field, Command<?> command) {
        assertInvalid(command, field);
    }

    @Test
    void conversation_id_may_be_as_long_as_the_limit() {
        assertAccepted(JoinRoom.of("a".repeat(128)));
        assertInvalid(JoinRoom.of("a".repeat(129)), "conversationId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ann@example.com", "Änne Müller", "\uD83D\uDE00", "a b"})
    void user_id_may_be_any_printable_text(String userId) {
        assertThatNoException().isThrownBy(() -> IDS.userId(userId, "senderId"));
    }

    static Stream<String> badUserIds() {
        return Stream.of("", " ", "\t", " a", "a\0", "a\nb", "a\u0085", "a\u200b", HALF_A_SYMBOL, "u".repeat(129));
    }

    @ParameterizedTest
    @MethodSource("badUserIds")
    void user_id_that_cannot_be_shown_is_invalid(String userId) {
        ChatException refusal = catchThrowableOfType(ChatException.class, () -> IDS.userId(userId, "senderId"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal.field()).contains("senderId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "!", "~", "0190d3a2-7c1e-7b43-9d4f-1f2e3d4c5b6a"})
    void client_message_id_may_be_printable_ascii(String key) {
        assertAccepted(keyed(key));
    }

    static Stream<String> badKeys() {
        return Stream.of("", " ", "a b", "a\n", "ä", "a\0", "\u007f", HALF_A_SYMBOL, "k".repeat(65));
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void client_message_id_of_another_form_is_invalid(String key) {
        assertInvalid(keyed(key), "clientMessageId");
    }

    @Test
    void client_message_id_may_be_as_long_as_the_limit() {
        assertAccepted(keyed("k".repeat(64)));
    }
}
