package io.roomcast.chat.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.internal.handler.Handlers;
import io.roomcast.chat.internal.handler.TestHandlers;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.MessageType;
import java.util.List;

/** Checks commands by their rules. */
abstract class CommandRulesCase {
    static final String HALF_A_SYMBOL = "\uD83D";
    static final String URL = "https://files.example.com/a.png";

    static final IdRules IDS = Rules.of(Limits.defaults()).ids();
    static final Handlers COMMANDS = TestHandlers.create();

    static SendMessage text(String content) {
        return SendMessage.of("room", null, MessageType.TEXT, content, null, null);
    }

    static SendMessage keyed(String clientMessageId) {
        return SendMessage.of("room", null, MessageType.TEXT, "hello", null, clientMessageId);
    }

    static SendMessage file(Attachment attachment) {
        return SendMessage.of("room", null, MessageType.FILE, "", attachment, null);
    }

    static GetMessages page(Long before, Long after, Long around, Integer limit) {
        return new GetMessages("room", before, after, around, null, limit);
    }

    void assertAccepted(Command<?> command) {
        assertThatNoException().isThrownBy(() -> COMMANDS.validate(command, false));
    }

    void assertRefused(Command<?> command, ErrorCode code, String field) {
        ChatException refusal = catchThrowableOfType(ChatException.class, () -> COMMANDS.validate(command, false));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.field().orElse(null)).isEqualTo(field);
    }

    void assertInvalid(Command<?> command, String field) {
        assertRefused(command, ErrorCode.INVALID_PAYLOAD, field);
    }

    static SendMessage replying(String replyTo, List<String> mentions, String metadata) {
        return new SendMessage(
                "room",
                null,
                MessageType.TEXT,
                "hello",
                List.of(),
                null,
                replyTo,
                mentions,
                metadata,
                null,
                null,
                null);
    }
}
