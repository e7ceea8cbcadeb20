package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import java.io.IOException;
import java.util.List;

/** Writes conversations as objects. */
final class ConversationJson {
    private ConversationJson() {}

    /** Writes a conversation without a member's read state. */
    static void write(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeStartObject();
        fields(json, conversation);
        json.writeEndObject();
    }

    /** Writes a conversation with what one member has read and prefers. */
    static void write(JsonGenerator json, GetConversations.Entry entry) throws IOException {
        json.writeStartObject();
        fields(json, entry.conversation());
        json.writeNumberField(JsonFields.READ_SEQ, entry.readSeq());
        json.writeNumberField(JsonFields.UNREAD, entry.unread());
        json.writeNumberField(JsonFields.UNREAD_MENTIONS, entry.unreadMentions());
        AttentionWire.preferences(json, entry.preferences());
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, conversation.conversationId());
        json.writeStringField(JsonFields.KIND, conversation.kind().wireName());
        FieldWriter.optional(json, JsonFields.TITLE, conversation.title());
        if (!conversation.members().isEmpty()) {
            members(json, conversation.members());
        }
        MessageJson.metadata(json, conversation.metadata());
        FieldWriter.time(json, JsonFields.CREATED_AT, conversation.createdAt());
        FieldWriter.time(json, "updatedAt", conversation.updatedAt());
        json.writeNumberField(JsonFields.LATEST_SEQ, conversation.position().seq());
        json.writeNumberField(JsonFields.VERSION, conversation.position().version());
        if (conversation.lastMessage() != null) {
            lastMessage(json, conversation.conversationId(), conversation.lastMessage());
        }
    }

    /** Writes a list of members as a field. */
    static void members(JsonGenerator json, List<Member> members) throws IOException {
        json.writeArrayFieldStart(JsonFields.MEMBERS);
        for (Member member : members) {
            member(json, member);
        }
        json.writeEndArray();
    }

    /** Writes a member as an object. */
    static void member(JsonGenerator json, Member member) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.USER_ID, member.userId());
        json.writeStringField(JsonFields.ROLE, member.role().wireName());
        FieldWriter.time(json, "joinedAt", member.joinedAt());
        json.writeEndObject();
    }

    /** Writes the preview of the newest message as a field, with the names of a message's fields. */
    static void lastMessage(JsonGenerator json, String conversationId, MessagePreview last) throws IOException {
        json.writeObjectFieldStart("lastMessage");
        json.writeStringField(JsonFields.ID, last.id());
        json.writeStringField("_id", last.id());
        json.writeStringField(JsonFields.CONVERSATION_ID, conversationId);
        json.writeNumberField(JsonFields.SEQ, last.seq());
        json.writeNumberField(JsonFields.VERSION, last.version());
        json.writeStringField(JsonFields.SENDER_ID, last.senderId());
        json.writeStringField(JsonFields.TYPE, last.type().wireName());
        json.writeStringField(JsonFields.CONTENT, last.content());
        FieldWriter.time(json, JsonFields.CREATED_AT, last.createdAt());
        FieldWriter.optionalTime(json, JsonFields.EXPIRES_AT, last.expiresAt());
        json.writeBooleanField("deleted", last.deleted());
        json.writeEndObject();
    }
}
