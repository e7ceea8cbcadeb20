package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.model.Annotation;
import io.roomcast.chat.model.Deletion;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.Pin;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes messages and their parts, as events and replies of several families have them. */
final class MessageJson {
    static final String REPLY_TO = "replyTo";
    static final String MENTIONS = "mentions";
    static final String CUSTOM_TYPE = "customType";
    static final String COVERED = "covered";
    static final String MINE = "mine";
    private static final int SHOWN_USERS = 10;

    private MessageJson() {}

    /**
     * Writes a message as an object.
     *
     * <p>{@code _id} repeats the id for clients that expect the field of a MongoDB document. The idempotency key is left
     * out if the server chose it, because it equals the id then.
     */
    static void message(JsonGenerator json, Message message) throws IOException {
        message(json, message, null);
    }

    /**
     * Does the same as {@link #message(JsonGenerator, Message)} for one user.
     *
     * @param userId the user whose own reactions are marked, or null
     */
    static void message(JsonGenerator json, Message message, @Nullable String userId) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.ID, message.id());
        json.writeStringField("_id", message.id());
        json.writeStringField(JsonFields.CONVERSATION_ID, message.conversationId());
        json.writeNumberField(JsonFields.SEQ, message.seq());
        json.writeNumberField(JsonFields.VERSION, message.version());
        json.writeStringField(JsonFields.SENDER_ID, message.senderId());
        if (!message.clientMessageId().equals(message.id())) {
            json.writeStringField(JsonFields.CLIENT_MESSAGE_ID, message.clientMessageId());
        }
        json.writeStringField(JsonFields.TYPE, message.type().wireName());
        FieldWriter.optional(json, CUSTOM_TYPE, message.body().customType());
        json.writeStringField(JsonFields.CONTENT, message.content());
        if (!message.attachments().isEmpty()) {
            AttachmentJson.write(json, message.attachments());
        }
        extras(json, message.body());
        FieldWriter.time(json, JsonFields.CREATED_AT, message.createdAt());
        FieldWriter.optionalTime(json, JsonFields.EXPIRES_AT, message.expiresAt());
        if (message.version() > 0) {
            changes(json, message, userId);
        }
        json.writeEndObject();
    }

    private static void extras(JsonGenerator json, MessageBody body) throws IOException {
        FieldWriter.optional(json, REPLY_TO, body.replyTo());
        if (!body.mentions().isEmpty()) {
            FieldWriter.texts(json, MENTIONS, body.mentions());
        }
        metadata(json, body.metadata());
    }

    /** Writes metadata that is JSON, and leaves out any other. */
    static void metadata(JsonGenerator json, @Nullable String metadata) throws IOException {
        json(json, JsonFields.METADATA, metadata);
    }

    /** Writes text that is JSON, and leaves out any other: text of a host that is not JSON would break the packet. */
    static void json(JsonGenerator json, String field, @Nullable String text) throws IOException {
        Optional<JsonNode> value = text == null ? Optional.empty() : Json.parse(text);
        if (value.isPresent()) {
            json.writeFieldName(field);
            Json.write(json, value.get());
        }
    }

    private static void changes(JsonGenerator json, Message message, @Nullable String userId) throws IOException {
        FieldWriter.optionalTime(json, "editedAt", message.editedAt());
        if (message.deletion() != null) {
            deletion(json, message.deletion());
        }
        if (!message.reactions().isEmpty()) {
            json.writeFieldName(JsonFields.REACTIONS);
            reactions(json, message.reactions(), userId);
        }
        pinned(json, message.pin());
        if (!message.annotations().isEmpty()) {
            annotations(json, message.annotations());
        }
    }

    private static void annotations(JsonGenerator json, List<Annotation> annotations) throws IOException {
        json.writeObjectFieldStart("annotations");
        for (Annotation annotation : annotations) {
            json(json, annotation.key(), annotation.json());
        }
        json.writeEndObject();
    }

    /** Writes which message was changed, and the number of the change, as fields. */
    static void change(JsonGenerator json, Message message) throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, message.conversationId());
        json.writeStringField(JsonFields.MESSAGE_ID, message.id());
        json.writeNumberField(JsonFields.VERSION, message.version());
    }

    /** Writes who pinned a message and when, as a field, or nothing if it is not pinned. */
    static void pinned(JsonGenerator json, @Nullable Pin pin) throws IOException {
        if (pin != null) {
            json.writeObjectFieldStart("pinned");
            json.writeStringField("by", pin.by());
            FieldWriter.time(json, "at", pin.at());
            json.writeEndObject();
        }
    }

    /** Writes the time and the author of a deletion, as fields. */
    static void deletion(JsonGenerator json, Deletion deletion) throws IOException {
        FieldWriter.time(json, "deletedAt", deletion.deletedAt());
        json.writeStringField("deletedBy", deletion.deletedBy());
    }

    /**
     * Writes each key with its number of users and the first {@value #SHOWN_USERS} of them.
     *
     * @param userId the user whose own reactions are marked, or null
     */
    static void reactions(JsonGenerator json, List<Reaction> reactions, @Nullable String userId) throws IOException {
        Map<String, List<String>> byKey = new LinkedHashMap<>();
        for (Reaction reaction : reactions) {
            byKey.computeIfAbsent(reaction.key(), key -> new ArrayList<>()).add(reaction.userId());
        }
        json.writeStartObject();
        for (Map.Entry<String, List<String>> entry : byKey.entrySet()) {
            List<String> users = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            json.writeNumberField("count", users.size());
            FieldWriter.texts(json, JsonFields.USER_IDS, users.subList(0, Math.min(users.size(), SHOWN_USERS)));
            if (userId != null && users.contains(userId)) {
                json.writeBooleanField(MINE, true);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /**
     * Writes a list of messages as a field.
     *
     * @param userId the user whose own reactions are marked, or null
     */
    static void messages(JsonGenerator json, List<Message> messages, @Nullable String userId) throws IOException {
        json.writeArrayFieldStart("messages");
        for (Message message : messages) {
            message(json, message, userId);
        }
        json.writeEndArray();
    }
}
