package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.event.EventVisitor;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import java.io.IOException;

/** Writes an event's name and payload into an array that is open. */
final class EventEncoder implements EventVisitor<IOException> {
    private final JsonGenerator json;

    EventEncoder(JsonGenerator json) {
        this.json = json;
    }

    @Override
    public void visit(MessageSent event) throws IOException {
        begin(WireNames.MESSAGE_SENT, event.conversationId());
        json.writeFieldName("message");
        Shapes.message(json, event.message());
        json.writeEndObject();
    }

    @Override
    public void visit(TypingStarted event) throws IOException {
        begin(WireNames.TYPING_STARTED, event.conversationId());
        json.writeStringField(Fields.USER_ID, event.userId());
        json.writeNumberField(Fields.EXPIRES_IN_MS, event.expiresIn().toMillis());
        json.writeEndObject();
    }

    @Override
    public void visit(TypingStopped event) throws IOException {
        begin(WireNames.TYPING_STOPPED, event.conversationId());
        json.writeStringField(Fields.USER_ID, event.userId());
        json.writeEndObject();
    }

    private void begin(String name, String conversationId) throws IOException {
        json.writeString(name);
        json.writeStartObject();
        json.writeStringField(Fields.CONVERSATION_ID, conversationId);
    }
}
