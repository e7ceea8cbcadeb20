package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.MessagePreview;
import java.io.IOException;

/** Writes a conversation as an object. */
final class ConversationShape {
    private ConversationShape() {}

    static void write(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeStartObject();
        fields(json, conversation);
        json.writeEndObject();
    }

    /** Writes a conversation as one of its members sees it. */
    static void write(JsonGenerator json, Conversation conversation, long readSeq, long unread) throws IOException {
        json.writeStartObject();
        fields(json, conversation);
        json.writeNumberField(Fields.READ_SEQ, readSeq);
        json.writeNumberField(Fields.UNREAD, unread);
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeStringField(Fields.CONVERSATION_ID, conversation.conversationId());
        json.writeStringField(Fields.KIND, conversation.kind().wireName());
        if (conversation.title() != null) {
            json.writeStringField(Fields.TITLE, conversation.title());
        }
        if (!conversation.members().isEmpty()) {
            members(json, conversation);
        }
        Shapes.metadata(json, conversation.metadata());
        json.writeStringField("createdAt", Shapes.time(conversation.createdAt()));
        json.writeStringField("updatedAt", Shapes.time(conversation.updatedAt()));
        json.writeNumberField(Fields.LATEST_SEQ, conversation.position().seq());
        json.writeNumberField(Fields.VERSION, conversation.position().version());
        if (conversation.lastMessage() != null) {
            preview(json, conversation.conversationId(), conversation.lastMessage());
        }
    }

    private static void members(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeArrayFieldStart(Fields.MEMBERS);
        for (Member member : conversation.members()) {
            json.writeStartObject();
            json.writeStringField(Fields.USER_ID, member.userId());
            json.writeStringField("role", member.role().wireName());
            json.writeStringField("joinedAt", Shapes.time(member.joinedAt()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A preview has a message's fields as far as it knows them. */
    private static void preview(JsonGenerator json, String conversationId, MessagePreview last) throws IOException {
        json.writeObjectFieldStart("lastMessage");
        json.writeStringField("id", last.id());
        json.writeStringField("_id", last.id());
        json.writeStringField(Fields.CONVERSATION_ID, conversationId);
        json.writeNumberField(Fields.SEQ, last.seq());
        json.writeNumberField(Fields.VERSION, last.version());
        json.writeStringField(Fields.SENDER_ID, last.senderId());
        json.writeStringField(Fields.TYPE, last.type().wireName());
        json.writeStringField(Fields.CONTENT, last.content());
        json.writeStringField("createdAt", Shapes.time(last.createdAt()));
        json.writeBooleanField("deleted", last.deleted());
        json.writeEndObject();
    }
}
