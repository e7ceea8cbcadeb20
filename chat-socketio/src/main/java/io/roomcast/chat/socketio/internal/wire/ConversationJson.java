package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.MessagePreview;
import java.io.IOException;

/** Writes a conversation as an object. */
final class ConversationJson {
    private ConversationJson() {}

    static void write(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeStartObject();
        fields(json, conversation);
        json.writeEndObject();
    }

    /** Writes a conversation as one of its members sees it. */
    static void write(JsonGenerator json, Conversation conversation, long readSeq, long unread) throws IOException {
        json.writeStartObject();
        fields(json, conversation);
        json.writeNumberField(JsonFields.READ_SEQ, readSeq);
        json.writeNumberField(JsonFields.UNREAD, unread);
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, conversation.conversationId());
        json.writeStringField(JsonFields.KIND, conversation.kind().wireName());
        if (conversation.title() != null) {
            json.writeStringField(JsonFields.TITLE, conversation.title());
        }
        if (!conversation.members().isEmpty()) {
            members(json, conversation);
        }
        MessageJson.metadata(json, conversation.metadata());
        json.writeStringField("createdAt", MessageJson.time(conversation.createdAt()));
        json.writeStringField("updatedAt", MessageJson.time(conversation.updatedAt()));
        json.writeNumberField(JsonFields.LATEST_SEQ, conversation.position().seq());
        json.writeNumberField(JsonFields.VERSION, conversation.position().version());
        if (conversation.lastMessage() != null) {
            preview(json, conversation.conversationId(), conversation.lastMessage());
        }
    }

    private static void members(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeArrayFieldStart(JsonFields.MEMBERS);
        for (Member member : conversation.members()) {
            json.writeStartObject();
            json.writeStringField(JsonFields.USER_ID, member.userId());
            json.writeStringField("role", member.role().wireName());
            json.writeStringField("joinedAt", MessageJson.time(member.joinedAt()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A preview has a message's fields as far as it knows them. */
    private static void preview(JsonGenerator json, String conversationId, MessagePreview last) throws IOException {
        json.writeObjectFieldStart("lastMessage");
        json.writeStringField("id", last.id());
        json.writeStringField("_id", last.id());
        json.writeStringField(JsonFields.CONVERSATION_ID, conversationId);
        json.writeNumberField(JsonFields.SEQ, last.seq());
        json.writeNumberField(JsonFields.VERSION, last.version());
        json.writeStringField(JsonFields.SENDER_ID, last.senderId());
        json.writeStringField(JsonFields.TYPE, last.type().wireName());
        json.writeStringField(JsonFields.CONTENT, last.content());
        json.writeStringField("createdAt", MessageJson.time(last.createdAt()));
        json.writeBooleanField("deleted", last.deleted());
        json.writeEndObject();
    }
}
