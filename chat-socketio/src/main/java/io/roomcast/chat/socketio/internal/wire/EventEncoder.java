package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.EventVisitor;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.TokenExpiring;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.model.Message;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes an event's name and payload into an array that is open. */
final class EventEncoder implements EventVisitor<IOException> {
    private final JsonGenerator json;

    EventEncoder(JsonGenerator json) {
        this.json = json;
    }

    @Override
    public void visit(MessageSent event) throws IOException {
        begin(WireNames.MESSAGE_SENT, event.message().conversationId());
        json.writeFieldName("message");
        MessageJson.message(json, event.message());
        json.writeEndObject();
    }

    @Override
    public void visit(TypingStarted event) throws IOException {
        begin(WireNames.TYPING_STARTED, event.conversationId());
        json.writeStringField(JsonFields.USER_ID, event.userId());
        json.writeNumberField(JsonFields.EXPIRES_IN_MS, WireTime.millis(event.expiresIn()));
        json.writeEndObject();
    }

    @Override
    public void visit(TypingStopped event) throws IOException {
        user(WireNames.TYPING_STOPPED, event.conversationId(), event.userId());
    }

    @Override
    public void visit(MessageEdited event) throws IOException {
        begin(WireNames.MESSAGE_EDITED, event.message().conversationId());
        json.writeFieldName(JsonFields.MESSAGE);
        MessageJson.message(json, event.message());
        json.writeEndObject();
    }

    @Override
    public void visit(MessageDeleted event) throws IOException {
        Message message = event.message();
        begin(WireNames.MESSAGE_DELETED, message.conversationId());
        json.writeStringField(JsonFields.MESSAGE_ID, message.id());
        json.writeNumberField(JsonFields.SEQ, message.seq());
        json.writeNumberField(JsonFields.VERSION, message.version());
        if (message.deletion() != null) {
            MessageJson.deletion(json, message.deletion());
        }
        json.writeEndObject();
    }

    @Override
    public void visit(ReactionsChanged event) throws IOException {
        begin(WireNames.REACTIONS_CHANGED, event.message().conversationId());
        json.writeStringField(JsonFields.MESSAGE_ID, event.message().id());
        json.writeNumberField(JsonFields.VERSION, event.message().version());
        json.writeFieldName("reactions");
        MessageJson.reactions(json, event.message().reactions());
        json.writeObjectFieldStart("change");
        json.writeStringField(JsonFields.USER_ID, event.reaction().userId());
        json.writeStringField(JsonFields.KEY, event.reaction().key());
        json.writeStringField("op", event.added() ? "add" : "remove");
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void visit(MessagesDelivered event) throws IOException {
        json.writeString(WireNames.MESSAGES_DELIVERED);
        MessageJson.receipt(json, event.receipt());
    }

    @Override
    public void visit(MessagesRead event) throws IOException {
        json.writeString(WireNames.MESSAGES_READ);
        MessageJson.receipt(json, event.receipt());
    }

    @Override
    public void visit(UnreadChanged event) throws IOException {
        begin(WireNames.UNREAD_CHANGED, event.conversationId());
        json.writeNumberField(JsonFields.UNREAD, event.unread());
        json.writeNumberField(JsonFields.READ_SEQ, event.readSeq());
        json.writeNumberField(JsonFields.LATEST_SEQ, event.latestSeq());
        json.writeEndObject();
    }

    @Override
    public void visit(UserJoined event) throws IOException {
        about(WireNames.USER_JOINED, event.conversationId(), event.userId(), event.online());
    }

    @Override
    public void visit(UserLeft event) throws IOException {
        about(WireNames.USER_LEFT, event.conversationId(), event.userId(), event.online());
    }

    private void about(String name, String conversationId, String userId, int online) throws IOException {
        begin(name, conversationId);
        json.writeStringField(JsonFields.USER_ID, userId);
        json.writeNumberField(JsonFields.ONLINE, online);
        json.writeEndObject();
    }

    @Override
    public void visit(MemberAdded event) throws IOException {
        begin(WireNames.MEMBER_ADDED, event.conversation().conversationId());
        json.writeStringField(JsonFields.USER_ID, event.userId());
        optional("by", event.addedBy());
        json.writeFieldName(JsonFields.CONVERSATION);
        ConversationJson.write(json, event.conversation());
        json.writeEndObject();
    }

    @Override
    public void visit(MemberRemoved event) throws IOException {
        begin(WireNames.MEMBER_REMOVED, event.conversationId());
        json.writeStringField(JsonFields.USER_ID, event.userId());
        optional("by", event.removedBy());
        json.writeEndObject();
    }

    @Override
    public void visit(ConversationUpdated event) throws IOException {
        begin(WireNames.CONVERSATION_UPDATED, event.conversation().conversationId());
        optional("by", event.updatedBy());
        json.writeFieldName(JsonFields.CONVERSATION);
        ConversationJson.write(json, event.conversation());
        json.writeEndObject();
    }

    @Override
    public void visit(ViewingStarted event) throws IOException {
        user(WireNames.VIEWING_STARTED, event.conversationId(), event.userId());
    }

    @Override
    public void visit(ViewingStopped event) throws IOException {
        user(WireNames.VIEWING_STOPPED, event.conversationId(), event.userId());
    }

    @Override
    public void visit(PresenceChanged event) throws IOException {
        json.writeString(WireNames.PRESENCE_CHANGED);
        MessageJson.presence(json, event.presence());
    }

    @Override
    public void visit(RoomSynced event) throws IOException {
        json.writeString(WireNames.ROOM_SYNCED);
        json.writeStartObject();
        MessageJson.page(json, event.page(), event.receipts(), event.epoch());
        json.writeEndObject();
    }

    @Override
    public void visit(SyncRequired event) throws IOException {
        json.writeString(WireNames.SYNC_REQUIRED);
        json.writeStartObject();
        optional(JsonFields.CONVERSATION_ID, event.conversationId());
        json.writeStringField(JsonFields.REASON, event.reason().wireName());
        json.writeEndObject();
    }

    @Override
    public void visit(TokenExpiring event) throws IOException {
        json.writeString(WireNames.TOKEN_EXPIRING);
        json.writeStartObject();
        json.writeStringField("expiresAt", MessageJson.time(event.expiresAt()));
        json.writeNumberField("inMs", WireTime.millis(event.in()));
        json.writeEndObject();
    }

    @Override
    public void visit(SessionRevoked event) throws IOException {
        json.writeString(WireNames.SESSION_REVOKED);
        json.writeStartObject();
        json.writeStringField(JsonFields.REASON, event.reason());
        json.writeBooleanField("reconnect", event.reconnect());
        json.writeEndObject();
    }

    @Override
    public void visit(SessionStarted event) throws IOException {
        json.writeString(WireNames.SESSION_STARTED);
        SessionJson.write(json, event);
    }

    private void optional(String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    private void user(String name, String conversationId, String userId) throws IOException {
        begin(name, conversationId);
        json.writeStringField(JsonFields.USER_ID, userId);
        json.writeEndObject();
    }

    private void begin(String name, String conversationId) throws IOException {
        json.writeString(name);
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, conversationId);
    }
}
