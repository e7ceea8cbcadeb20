package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.PinMessage;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.command.UnpinMessage;
import io.roomcast.chat.event.AnnotationChanged;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.PinChanged;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sending, editing and deleting messages on the wire. */
final class MessageWire {
    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.ofMessage(SendMessage.class, "sendMessage", MessageWire::sendMessage, MessageWire::sent),
            WireCommand.ofMessage(EditMessage.class, "editMessage", MessageWire::editMessage, MessageWire::edited),
            WireCommand.ofMessage(
                    DeleteMessage.class, "deleteMessage", MessageWire::deleteMessage, MessageWire::deleted),
            WireCommand.ofUser(
                    PinMessage.class,
                    "pinMessage",
                    MessageWire::pinMessage,
                    (json, reply, userId) -> message(json, reply.message(), userId)),
            WireCommand.ofUser(
                    UnpinMessage.class,
                    "unpinMessage",
                    MessageWire::unpinMessage,
                    (json, reply, userId) -> message(json, reply.message(), userId)));

    static final List<WireEvent<?>> EVENTS = List.of(
            new WireEvent<>(MessageSent.class, "receiveMessage", (json, event) -> withMessage(json, event.message())),
            new WireEvent<>(MessageEdited.class, "messageEdited", (json, event) -> withMessage(json, event.message())),
            new WireEvent<>(MessageDeleted.class, "messageDeleted", MessageWire::messageDeleted),
            new WireEvent<>(PinChanged.class, "messagePinned", MessageWire::messagePinned),
            new WireEvent<>(AnnotationChanged.class, "messageAnnotated", MessageWire::messageAnnotated));

    private MessageWire() {}

    private static SendMessage sendMessage(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return sendMessage(
                payload,
                payload.text(JsonFields.CONVERSATION_ID),
                type(payload, MessageType.TEXT, MessageWire::isRequested),
                AttachmentJson.read(payload));
    }

    /**
     * Reads a message that the chat sends when its file is uploaded.
     *
     * @param isImage whether the file is an image
     */
    static SendMessage ofUpload(Payload payload, String conversationId, boolean isImage) {
        return sendMessage(
                payload,
                conversationId,
                type(payload, isImage ? MessageType.IMAGE : MessageType.FILE, MessageType::fromClients),
                AttachmentJson.read(payload, StartUpload.THIS_FILE));
    }

    private static SendMessage sendMessage(
            Payload payload, String conversationId, MessageType type, List<Attachment> attachments) {
        return new SendMessage(
                conversationId,
                payload.optionalText(JsonFields.SENDER_ID),
                type,
                payload.optionalText(JsonFields.CONTENT),
                attachments,
                payload.optionalText(JsonFields.CLIENT_MESSAGE_ID),
                payload.optionalText(MessageJson.REPLY_TO),
                payload.texts(MessageJson.MENTIONS),
                payload.optionalObject(JsonFields.METADATA),
                expiry(payload.optionalLong(JsonFields.EXPIRES_IN_MS)),
                payload.optionalLong("ifLatestSeq"),
                payload.optionalText(MessageJson.CUSTOM_TYPE));
    }

    private static @Nullable Duration expiry(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    /** Services may send messages of the type system. The rules of the chat refuse those of other clients. */
    private static boolean isRequested(MessageType type) {
        return type.fromClients() || type == MessageType.SYSTEM;
    }

    private static MessageType type(Payload payload, MessageType usual, Predicate<MessageType> isKnown) {
        String name = payload.optionalText(JsonFields.TYPE);
        if (name == null) {
            return usual;
        }
        return MessageType.ofWireName(name).filter(isKnown).orElseThrow(() -> ChatException.invalid(JsonFields.TYPE));
    }

    private static void sent(JsonGenerator json, SendMessage.Sent reply, @Nullable String userId) throws IOException {
        message(json, reply.message(), userId);
        if (reply.duplicate()) {
            json.writeBooleanField("duplicate", true);
        }
    }

    private static EditMessage editMessage(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new EditMessage(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.text(JsonFields.MESSAGE_ID),
                payload.text(JsonFields.CONTENT),
                payload.optionalObject(JsonFields.METADATA),
                payload.optionalLong("expectedVersion"));
    }

    private static void edited(JsonGenerator json, EditMessage.Edited reply, @Nullable String userId)
            throws IOException {
        message(json, reply.message(), userId);
    }

    private static void withMessage(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, message.conversationId());
        message(json, message, null);
        json.writeEndObject();
    }

    private static void message(JsonGenerator json, Message message, @Nullable String userId) throws IOException {
        json.writeFieldName(JsonFields.MESSAGE);
        MessageJson.message(json, message, userId);
    }

    private static DeleteMessage deleteMessage(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new DeleteMessage(payload.text(JsonFields.CONVERSATION_ID), payload.text(JsonFields.MESSAGE_ID));
    }

    private static void deleted(JsonGenerator json, DeleteMessage.Deleted reply, @Nullable String userId)
            throws IOException {
        reference(json, reply.message());
    }

    private static void messageDeleted(JsonGenerator json, MessageDeleted event) throws IOException {
        Message message = event.message();
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, message.conversationId());
        reference(json, message);
        if (message.deletion() != null) {
            MessageJson.deletion(json, message.deletion());
        }
        json.writeEndObject();
    }

    private static PinMessage pinMessage(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new PinMessage(payload.text(JsonFields.CONVERSATION_ID), payload.text(JsonFields.MESSAGE_ID));
    }

    private static UnpinMessage unpinMessage(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new UnpinMessage(payload.text(JsonFields.CONVERSATION_ID), payload.text(JsonFields.MESSAGE_ID));
    }

    private static void messagePinned(JsonGenerator json, PinChanged event) throws IOException {
        Message message = event.message();
        json.writeStartObject();
        MessageJson.change(json, message);
        MessageJson.pinned(json, message.pin());
        json.writeEndObject();
    }

    private static void messageAnnotated(JsonGenerator json, AnnotationChanged event) throws IOException {
        Message message = event.message();
        json.writeStartObject();
        MessageJson.change(json, message);
        json.writeStringField(JsonFields.KEY, event.key());
        MessageJson.json(json, "value", message.annotation(event.key()));
        json.writeEndObject();
    }

    private static void reference(JsonGenerator json, Message message) throws IOException {
        json.writeStringField(JsonFields.MESSAGE_ID, message.id());
        json.writeNumberField(JsonFields.SEQ, message.seq());
        json.writeNumberField(JsonFields.VERSION, message.version());
    }
}
