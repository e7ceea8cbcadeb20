package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Deletion;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.model.Receipt;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the shapes that occur in several events and answers. */
final class MessageJson {
    private static final int SHOWN_REACTIONS = 10;

    private MessageJson() {}

    /**
     * Writes a message as an object; {@code _id} is for front ends that know it from a database's document. A key that no
     * client chose is the id and says nothing.
     */
    static void message(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", message.id());
        json.writeStringField("_id", message.id());
        json.writeStringField(JsonFields.CONVERSATION_ID, message.conversationId());
        json.writeNumberField("seq", message.seq());
        json.writeNumberField(JsonFields.VERSION, message.version());
        json.writeStringField(JsonFields.SENDER_ID, message.senderId());
        if (!message.clientMessageId().equals(message.id())) {
            json.writeStringField(JsonFields.CLIENT_MESSAGE_ID, message.clientMessageId());
        }
        json.writeStringField(JsonFields.TYPE, message.type().wireName());
        json.writeStringField(JsonFields.CONTENT, message.content());
        if (message.attachment() != null) {
            attachment(json, message.attachment());
        }
        extras(json, message.body());
        json.writeStringField("createdAt", time(message.createdAt()));
        if (message.version() > 0) {
            changes(json, message);
        }
        json.writeEndObject();
    }

    private static void extras(JsonGenerator json, MessageBody body) throws IOException {
        if (body.replyTo() != null) {
            json.writeStringField("replyTo", body.replyTo());
        }
        if (!body.mentions().isEmpty()) {
            texts(json, "mentions", body.mentions());
        }
        metadata(json, body.metadata());
    }

    /** Written anew, as a host's text might be no JSON and would spoil the whole packet. */
    static void metadata(JsonGenerator json, @Nullable String metadata) throws IOException {
        Optional<JsonNode> value = metadata == null ? Optional.empty() : Json.parse(metadata);
        if (value.isPresent()) {
            json.writeFieldName(JsonFields.METADATA);
            Json.write(json, value.get());
        }
    }

    private static void changes(JsonGenerator json, Message message) throws IOException {
        if (message.editedAt() != null) {
            json.writeStringField("editedAt", time(message.editedAt()));
        }
        if (message.deletion() != null) {
            deletion(json, message.deletion());
        }
        if (!message.reactions().isEmpty()) {
            json.writeFieldName("reactions");
            reactions(json, message.reactions());
        }
    }

    static void deletion(JsonGenerator json, Deletion deletion) throws IOException {
        json.writeStringField("deletedAt", time(deletion.deletedAt()));
        json.writeStringField("deletedBy", deletion.deletedBy());
    }

    /** Writes each key with how many chose it and some of those who did. */
    static void reactions(JsonGenerator json, List<Reaction> reactions) throws IOException {
        Map<String, List<String>> byKey = new LinkedHashMap<>();
        for (Reaction reaction : reactions) {
            byKey.computeIfAbsent(reaction.key(), key -> new ArrayList<>()).add(reaction.userId());
        }
        json.writeStartObject();
        for (Map.Entry<String, List<String>> entry : byKey.entrySet()) {
            List<String> users = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            json.writeNumberField("count", users.size());
            texts(json, JsonFields.USER_IDS, users.subList(0, Math.min(users.size(), SHOWN_REACTIONS)));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    static void texts(JsonGenerator json, String field, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static void messages(JsonGenerator json, List<Message> messages) throws IOException {
        json.writeArrayFieldStart("messages");
        for (Message message : messages) {
            message(json, message);
        }
        json.writeEndArray();
    }

    static void position(JsonGenerator json, String field, Position position) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField(JsonFields.SEQ, position.seq());
        json.writeNumberField(JsonFields.VERSION, position.version());
        json.writeEndObject();
    }

    /** Writes a page of what happened, as fields. */
    static void page(JsonGenerator json, CatchUp page, List<Receipt> receipts, String epoch) throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, page.conversationId());
        messages(json, page.messages());
        json.writeObjectFieldStart("receipts");
        receipts(json, receipts);
        json.writeEndObject();
        position(json, "covered", page.covered());
        json.writeBooleanField("hasMore", page.hasMore());
        json.writeStringField(JsonFields.EPOCH, epoch);
    }

    /** Writes receipts by their kind, as fields. */
    static void receipts(JsonGenerator json, List<Receipt> receipts) throws IOException {
        for (Receipt.Kind kind : Receipt.Kind.values()) {
            json.writeArrayFieldStart(kind.name().toLowerCase(Locale.ROOT));
            for (Receipt receipt : receipts) {
                if (receipt.kind() == kind) {
                    receipt(json, receipt);
                }
            }
            json.writeEndArray();
        }
    }

    static void receipt(JsonGenerator json, Receipt receipt) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, receipt.conversationId());
        json.writeStringField(JsonFields.USER_ID, receipt.userId());
        json.writeNumberField(JsonFields.UP_TO_SEQ, receipt.upToSeq());
        json.writeStringField("at", time(receipt.at()));
        json.writeEndObject();
    }

    static void presence(JsonGenerator json, Presence presence) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.USER_ID, presence.userId());
        json.writeStringField(JsonFields.STATUS, presence.status().wireName());
        if (presence.lastSeenAt() != null) {
            json.writeStringField("lastSeenAt", time(presence.lastSeenAt()));
        }
        json.writeEndObject();
    }

    private static void attachment(JsonGenerator json, Attachment attachment) throws IOException {
        json.writeStringField(JsonFields.FILE_URL, attachment.fileUrl());
        if (attachment.fileName() != null) {
            json.writeStringField(JsonFields.FILE_NAME, attachment.fileName());
        }
        if (attachment.fileSize() != null) {
            json.writeNumberField(JsonFields.FILE_SIZE, attachment.fileSize());
        }
        if (attachment.mimeType() != null) {
            json.writeStringField(JsonFields.MIME_TYPE, attachment.mimeType());
        }
    }

    static String time(Instant instant) {
        return WireTime.text(instant);
    }
}
