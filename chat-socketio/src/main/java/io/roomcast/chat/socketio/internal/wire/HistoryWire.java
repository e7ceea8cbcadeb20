package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.GetMessage;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPins;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.ReceiptPage;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of history, and the messages and changes that a client missed, on the wire. */
final class HistoryWire {
    private static final String AROUND = "around";

    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.ofUser(GetMessages.class, "getMessages", HistoryWire::getMessages, HistoryWire::page),
            WireCommand.ofUser(GetMessage.class, "getMessage", HistoryWire::getMessage, HistoryWire::found),
            WireCommand.ofUser(
                    GetPins.class,
                    "getPins",
                    HistoryWire::getPins,
                    (json, reply, userId) -> MessageJson.messages(json, reply.messages(), userId)),
            WireCommand.ofUser(SyncRoom.class, "syncRoom", HistoryWire::syncRoom, HistoryWire::synced));

    static final List<WireEvent<?>> EVENTS = List.of(
            new WireEvent<>(RoomSynced.class, "roomSync", HistoryWire::roomSynced),
            new WireEvent<>(SyncRequired.class, "syncRequired", HistoryWire::syncRequired));

    private HistoryWire() {}

    private static GetMessages getMessages(JsonNode argument) {
        Payload payload = Payload.of(argument);
        boolean isAroundId = payload.isText(AROUND);
        return new GetMessages(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.optionalLong("before"),
                payload.optionalLong(JsonFields.AFTER),
                isAroundId ? null : payload.optionalLong(AROUND),
                isAroundId ? payload.optionalText(AROUND) : null,
                payload.optionalInt(JsonFields.LIMIT));
    }

    private static void page(JsonGenerator json, GetMessages.Page reply, @Nullable String userId) throws IOException {
        MessageJson.messages(json, reply.messages(), userId);
        json.writeBooleanField(JsonFields.HAS_MORE, reply.hasMore());
        json.writeNumberField(JsonFields.LATEST_SEQ, reply.position().seq());
        json.writeNumberField(JsonFields.VERSION, reply.position().version());
        json.writeStringField(JsonFields.EPOCH, reply.epoch());
    }

    private static GetMessage getMessage(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new GetMessage(payload.text(JsonFields.CONVERSATION_ID), payload.text(JsonFields.MESSAGE_ID));
    }

    private static void found(JsonGenerator json, GetMessage.Found reply, @Nullable String userId) throws IOException {
        json.writeFieldName(JsonFields.MESSAGE);
        MessageJson.message(json, reply.message(), userId);
    }

    private static GetPins getPins(JsonNode argument) {
        return new GetPins(Payload.of(argument).text(JsonFields.CONVERSATION_ID));
    }

    private static SyncRoom syncRoom(JsonNode argument) {
        Payload payload = Payload.of(argument);
        Position after = payload.optionalPosition(JsonFields.AFTER);
        return new SyncRoom(
                payload.text(JsonFields.CONVERSATION_ID),
                after == null ? Position.START : after,
                payload.text(JsonFields.EPOCH),
                payload.optionalInt(JsonFields.LIMIT));
    }

    private static void synced(JsonGenerator json, SyncRoom.Synced reply, @Nullable String userId) throws IOException {
        page(json, reply.page(), reply.receipts(), reply.epoch(), userId);
    }

    private static void roomSynced(JsonGenerator json, RoomSynced event, @Nullable String userId) throws IOException {
        json.writeStartObject();
        page(json, event.page(), event.receipts(), event.epoch(), userId);
        json.writeEndObject();
    }

    private static void page(
            JsonGenerator json, CatchUp page, ReceiptPage receipts, String epoch, @Nullable String userId)
            throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, page.conversationId());
        MessageJson.messages(json, page.messages(), userId);
        json.writeObjectFieldStart("receipts");
        ReceiptWire.receipts(json, receipts);
        json.writeEndObject();
        FieldWriter.position(json, MessageJson.COVERED, page.covered());
        json.writeBooleanField(JsonFields.HAS_MORE, page.hasMore());
        json.writeStringField(JsonFields.EPOCH, epoch);
    }

    private static void syncRequired(JsonGenerator json, SyncRequired event) throws IOException {
        json.writeStartObject();
        FieldWriter.optional(json, JsonFields.CONVERSATION_ID, event.conversationId());
        json.writeStringField(JsonFields.REASON, event.reason().wireName());
        if (event.refusal() != null) {
            FailureEncoder.room(json, event.refusal());
        }
        json.writeEndObject();
    }
}
