package io.roomcast.chat.socketio.internal.wire;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Presence;
import java.io.IOException;

/** Writes what a success answers, as the fields that follow {@code success: true}. */
final class ReplyEncoder {
    private ReplyEncoder() {}

    static void joined(JsonGenerator json, JoinRoom.Joined reply) throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, reply.conversationId());
        json.writeStringField(JsonFields.EPOCH, reply.epoch());
        position(json, reply.position());
        json.writeNumberField(JsonFields.READ_SEQ, reply.readSeq());
        json.writeNumberField(JsonFields.UNREAD, reply.unread());
        json.writeNumberField(JsonFields.ONLINE, reply.online());
        if (reply.missed() != null) {
            MessageJson.messages(json, reply.missed().messages());
            MessageJson.position(json, "covered", reply.missed().covered());
            json.writeBooleanField("hasMore", reply.missed().hasMore());
        }
    }

    /** Writes one result for each room, like the answer to a single join. */
    static void joinedRooms(JsonGenerator json, JoinRooms.Joined reply) throws IOException {
        json.writeArrayFieldStart("rooms");
        for (JoinRooms.Result result : reply.results()) {
            json.writeStartObject();
            json.writeBooleanField(JsonFields.SUCCESS, result.joined() != null);
            if (result.joined() != null) {
                joined(json, result.joined());
            } else {
                json.writeStringField(JsonFields.CONVERSATION_ID, result.conversationId());
                FailureEncoder.room(json, requireNonNull(result.refusal()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void left(JsonGenerator json, LeaveRoom.Left reply) throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, reply.conversationId());
    }

    static void sent(JsonGenerator json, SendMessage.Sent reply) throws IOException {
        json.writeFieldName("message");
        MessageJson.message(json, reply.message());
        if (reply.duplicate()) {
            json.writeBooleanField("duplicate", true);
        }
    }

    static void started(JsonGenerator json, StartTyping.Started reply) throws IOException {
        json.writeNumberField(JsonFields.EXPIRES_IN_MS, WireTime.millis(reply.expiresIn()));
    }

    static void stopped(JsonGenerator json, StopTyping.Stopped reply) {}

    static void page(JsonGenerator json, GetMessages.Page reply) throws IOException {
        MessageJson.messages(json, reply.messages());
        json.writeBooleanField("hasMore", reply.hasMore());
        position(json, reply.position());
        json.writeStringField(JsonFields.EPOCH, reply.epoch());
    }

    private static void position(JsonGenerator json, Position position) throws IOException {
        json.writeNumberField(JsonFields.LATEST_SEQ, position.seq());
        json.writeNumberField(JsonFields.VERSION, position.version());
    }

    static void edited(JsonGenerator json, EditMessage.Edited reply) throws IOException {
        json.writeFieldName(JsonFields.MESSAGE);
        MessageJson.message(json, reply.message());
    }

    static void deleted(JsonGenerator json, DeleteMessage.Deleted reply) throws IOException {
        json.writeStringField(JsonFields.MESSAGE_ID, reply.message().id());
        json.writeNumberField(JsonFields.SEQ, reply.message().seq());
        json.writeNumberField(JsonFields.VERSION, reply.message().version());
    }

    static void reacted(JsonGenerator json, AddReaction.Reacted reply) throws IOException {
        json.writeFieldName("reactions");
        MessageJson.reactions(json, reply.message().reactions());
        json.writeNumberField(JsonFields.VERSION, reply.message().version());
    }

    /** One place is answered as it was asked; several, as a list. */
    static void delivered(JsonGenerator json, MarkDelivered.Delivered reply) throws IOException {
        if (reply.items().size() == 1) {
            json.writeNumberField(JsonFields.UP_TO_SEQ, reply.items().get(0).upToSeq());
            return;
        }
        json.writeArrayFieldStart("items");
        for (MarkDelivered.Item item : reply.items()) {
            json.writeStartObject();
            json.writeStringField(JsonFields.CONVERSATION_ID, item.conversationId());
            json.writeNumberField(JsonFields.UP_TO_SEQ, item.upToSeq());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void read(JsonGenerator json, MarkRead.Read reply) throws IOException {
        json.writeNumberField(JsonFields.UP_TO_SEQ, reply.upToSeq());
        json.writeNumberField(JsonFields.UNREAD, reply.unread());
    }

    static void receipts(JsonGenerator json, GetReceipts.Receipts reply) throws IOException {
        MessageJson.receipts(json, reply.receipts());
    }

    static void synced(JsonGenerator json, SyncRoom.Synced reply) throws IOException {
        MessageJson.page(json, reply.page(), reply.receipts(), reply.epoch());
    }

    static void created(JsonGenerator json, CreateConversation.Created reply) throws IOException {
        conversation(json, reply.conversation());
    }

    static void updated(JsonGenerator json, UpdateConversation.Updated reply) throws IOException {
        conversation(json, reply.conversation());
    }

    static void added(JsonGenerator json, AddMembers.Added reply) throws IOException {
        conversation(json, reply.conversation());
    }

    static void removed(JsonGenerator json, RemoveMember.Removed reply) throws IOException {
        conversation(json, reply.conversation());
    }

    private static void conversation(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeFieldName(JsonFields.CONVERSATION);
        ConversationJson.write(json, conversation);
    }

    static void listed(JsonGenerator json, GetConversations.Listed reply) throws IOException {
        json.writeArrayFieldStart("conversations");
        for (GetConversations.Entry entry : reply.entries()) {
            ConversationJson.write(json, entry.conversation(), entry.readSeq(), entry.unread());
        }
        json.writeEndArray();
        if (reply.next() != null) {
            json.writeStringField("next", Cursors.encode(reply.next()));
        }
    }

    static void viewing(JsonGenerator json, StartViewing.Viewing reply) throws IOException {
        MessageJson.texts(json, "viewers", reply.viewers());
    }

    static void viewed(JsonGenerator json, StopViewing.Stopped reply) {}

    static void presence(JsonGenerator json, SetPresence.Set reply) throws IOException {
        json.writeFieldName("presence");
        MessageJson.presence(json, reply.presence());
    }

    static void known(JsonGenerator json, GetPresence.Known reply) throws IOException {
        json.writeArrayFieldStart("presence");
        for (Presence presence : reply.presence()) {
            MessageJson.presence(json, presence);
        }
        json.writeEndArray();
    }

    static void refreshed(JsonGenerator json, RefreshToken.Refreshed reply) throws IOException {
        if (reply.expiresAt() != null) {
            json.writeStringField("expiresAt", MessageJson.time(reply.expiresAt()));
        }
    }
}
