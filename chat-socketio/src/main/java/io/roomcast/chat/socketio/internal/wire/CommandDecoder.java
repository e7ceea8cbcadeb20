package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.MessageType;
import org.jspecify.annotations.Nullable;

/** Makes commands of payloads; each method refuses wrong types with a {@link ChatException} that names the field. */
final class CommandDecoder {
    private CommandDecoder() {}

    static JoinRoom joinRoom(JsonNode argument) {
        return new JoinRoom(Payload.ofConversation(argument).text(Fields.CONVERSATION_ID));
    }

    static LeaveRoom leaveRoom(JsonNode argument) {
        return new LeaveRoom(Payload.ofConversation(argument).text(Fields.CONVERSATION_ID));
    }

    static SendMessage sendMessage(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new SendMessage(
                payload.text(Fields.CONVERSATION_ID),
                payload.optionalText(Fields.SENDER_ID),
                type(payload),
                payload.optionalText(Fields.CONTENT),
                attachment(payload),
                payload.optionalText(Fields.CLIENT_MESSAGE_ID));
    }

    private static MessageType type(Payload payload) {
        String name = payload.optionalText(Fields.TYPE);
        if (name == null) {
            return MessageType.TEXT;
        }
        return MessageType.ofWireName(name)
                .filter(MessageType::fromClients)
                .orElseThrow(() -> ChatException.invalid(Fields.TYPE));
    }

    /** Checks the types of all fields of a file, even where there is no file. */
    private static @Nullable Attachment attachment(Payload payload) {
        String fileUrl = payload.optionalText(Fields.FILE_URL);
        String fileName = payload.optionalText(Fields.FILE_NAME);
        Long fileSize = payload.optionalLong(Fields.FILE_SIZE);
        String mimeType = payload.optionalText(Fields.MIME_TYPE);
        return fileUrl == null || fileUrl.isEmpty() ? null : new Attachment(fileUrl, fileName, fileSize, mimeType);
    }

    static StartTyping typing(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new StartTyping(payload.text(Fields.CONVERSATION_ID), payload.optionalText(Fields.USER_ID));
    }

    static StopTyping stopTyping(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new StopTyping(payload.text(Fields.CONVERSATION_ID), payload.optionalText(Fields.USER_ID));
    }

    static GetMessages getMessages(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new GetMessages(
                payload.text(Fields.CONVERSATION_ID),
                payload.optionalLong("before"),
                payload.optionalLong("after"),
                payload.optionalLong("around"),
                payload.optionalInt("limit"));
    }
}
