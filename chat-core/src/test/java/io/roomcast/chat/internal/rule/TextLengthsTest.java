package io.roomcast.chat.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.internal.handler.Handlers;
import io.roomcast.chat.internal.handler.TestHandlers;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every length counts UTF-16 units, and the refusal says so: an emoji is two of them, and one character to a user. */
class TextLengthsTest {
    private static final String EMOJI = "\uD83D\uDE80";

    private static final Handlers COMMANDS = TestHandlers.create();

    static Stream<Arguments> fields() {
        return Stream.of(
                row("conversationId", 128, JoinRoom::of),
                row("memberIds", 128, text -> new AddMembers("g", List.of(text))),
                row("title", 255, text -> new UpdateConversation("g", text, null)),
                row("title", 255, text -> CreateConversation.group(text, List.of())),
                row("key", 32, text -> new AddReaction("r", "m", text)),
                row("fileName", 255, text -> file(new Attachment("/a", text, null, null))),
                row("attachments[0].thumbnailUrl", 2_048, text -> file(shown("/" + text.substring(1)))),
                row("fileUrl", 2_048, text -> file(new Attachment("/" + text.substring(1), null, null, null))),
                row("content", 5_000, text -> EditMessage.of("r", "m", text)));
    }

    private static Arguments row(String field, int most, Function<String, Command<?>> command) {
        return Arguments.of(field, most, command);
    }

    private static Attachment shown(String thumbnailUrl) {
        return new Attachment("/a", null, null, null, null, null, null, thumbnailUrl);
    }

    private static SendMessage file(Attachment attachment) {
        return new SendMessage(
                "r", null, MessageType.FILE, "", List.of(attachment), null, null, List.of(), null, null, null, null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void longest_text_is_accepted_and_one_emoji_more_is_not(
            String field, int most, Function<String, Command<?>> command) {
        String longest = (most % 2 == 0 ? "xx" : "x") + EMOJI.repeat((most - 1) / 2);
        assertThat(longest).hasSize(most);
        assertThatCode(() -> COMMANDS.validate(command.apply(longest), false)).doesNotThrowAnyException();
        ChatException refusal = catchThrowableOfType(
                ChatException.class, () -> COMMANDS.validate(command.apply(longest + EMOJI), false));
        assertThat(refusal).isNotNull();
        if (refusal.code() != ErrorCode.MESSAGE_TOO_LONG) {
            assertThat(refusal.field().orElseThrow()).startsWith(field);
            assertThat(refusal.text())
                    .contains(most + " UTF-16 units")
                    .doesNotContain(most + " characters", most + " visible");
        }
    }
}
