package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.io.IOException;

/** Writes what a success answers, as the fields that follow {@code success: true}. */
final class ReplyEncoder {
    private ReplyEncoder() {}

    static void joined(JsonGenerator json, JoinRoom.Joined reply) throws IOException {
        json.writeStringField(Fields.CONVERSATION_ID, reply.conversationId());
        json.writeStringField(Fields.EPOCH, reply.epoch());
        position(json, reply.position());
        json.writeNumberField("online", reply.online());
    }

    static void left(JsonGenerator json, LeaveRoom.Left reply) throws IOException {
        json.writeStringField(Fields.CONVERSATION_ID, reply.conversationId());
    }

    static void sent(JsonGenerator json, SendMessage.Sent reply) throws IOException {
        json.writeFieldName("message");
        Shapes.message(json, reply.message());
        if (reply.duplicate()) {
            json.writeBooleanField("duplicate", true);
        }
    }

    static void started(JsonGenerator json, StartTyping.Started reply) throws IOException {
        json.writeNumberField(Fields.EXPIRES_IN_MS, reply.expiresIn().toMillis());
    }

    static void stopped(JsonGenerator json, StopTyping.Stopped reply) {}

    static void page(JsonGenerator json, GetMessages.Page reply) throws IOException {
        json.writeArrayFieldStart("messages");
        for (Message message : reply.messages()) {
            Shapes.message(json, message);
        }
        json.writeEndArray();
        json.writeBooleanField("hasMore", reply.hasMore());
        position(json, reply.position());
        json.writeStringField(Fields.EPOCH, reply.epoch());
    }

    private static void position(JsonGenerator json, Position position) throws IOException {
        json.writeNumberField(Fields.LATEST_SEQ, position.seq());
        json.writeNumberField(Fields.VERSION, position.version());
    }
}
