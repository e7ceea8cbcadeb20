package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptPage;
import io.roomcast.chat.socketio.internal.json.Cursors;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Receipts and unread counts on the wire. */
final class ReceiptWire {
    private static final String ITEMS = "items";
    private static final List<Receipt.Kind> SHOWN = List.of(Receipt.Kind.DELIVERED, Receipt.Kind.READ);

    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.of(MarkDelivered.class, "markDelivered", ReceiptWire::markDelivered, ReceiptWire::delivered),
            WireCommand.of(MarkRead.class, "markRead", ReceiptWire::markRead, ReceiptWire::read),
            WireCommand.of(
                    GetReceipts.class,
                    "getReceipts",
                    ReceiptWire::getReceipts,
                    (json, reply) -> receipts(json, reply.page())));

    static final List<WireEvent<?>> EVENTS = List.of(
            new WireEvent<>(
                    MessagesDelivered.class, "messagesDelivered", (json, event) -> receipt(json, event.receipt())),
            new WireEvent<>(MessagesRead.class, "messagesRead", (json, event) -> receipt(json, event.receipt())),
            new WireEvent<>(UnreadChanged.class, "unreadChanged", ReceiptWire::unreadChanged));

    private ReceiptWire() {}

    /** Reads a list of items, or the fields of a single one. */
    private static MarkDelivered markDelivered(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new MarkDelivered(
                payload.has(ITEMS) ? payload.objects(ITEMS, ReceiptWire::item) : List.of(item(payload)));
    }

    private static MarkDelivered.Item item(Payload item) {
        return new MarkDelivered.Item(item.text(JsonFields.CONVERSATION_ID), item.number(JsonFields.UP_TO_SEQ));
    }

    /** Writes the sequence number alone for a single item, and a list for several. */
    private static void delivered(JsonGenerator json, MarkDelivered.Delivered reply) throws IOException {
        if (reply.items().size() == 1) {
            json.writeNumberField(JsonFields.UP_TO_SEQ, reply.items().get(0).upToSeq());
            return;
        }
        json.writeArrayFieldStart(ITEMS);
        for (MarkDelivered.Item item : reply.items()) {
            json.writeStartObject();
            json.writeStringField(JsonFields.CONVERSATION_ID, item.conversationId());
            json.writeNumberField(JsonFields.UP_TO_SEQ, item.upToSeq());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static MarkRead markRead(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new MarkRead(payload.text(JsonFields.CONVERSATION_ID), payload.number(JsonFields.UP_TO_SEQ));
    }

    private static void read(JsonGenerator json, MarkRead.Read reply) throws IOException {
        json.writeNumberField(JsonFields.UP_TO_SEQ, reply.upToSeq());
        json.writeNumberField(JsonFields.UNREAD, reply.unread());
    }

    private static GetReceipts getReceipts(JsonNode argument) {
        Payload payload = Payload.of(argument);
        String cursor = payload.optionalText(JsonFields.CURSOR);
        return new GetReceipts(
                payload.text(JsonFields.CONVERSATION_ID),
                cursor == null ? null : Cursors.decodeUser(cursor, JsonFields.CURSOR),
                payload.optionalInt(JsonFields.LIMIT));
    }

    /** Writes one list of receipts for each kind, and the cursor of the next page, as fields. */
    static void receipts(JsonGenerator json, ReceiptPage page) throws IOException {
        for (Receipt.Kind kind : SHOWN) {
            json.writeArrayFieldStart(kind.name().toLowerCase(Locale.ROOT));
            for (Receipt receipt : page.receipts()) {
                if (receipt.kind() == kind) {
                    receipt(json, receipt);
                }
            }
            json.writeEndArray();
        }
        if (page.next() != null) {
            json.writeStringField(JsonFields.NEXT, Cursors.encodeUser(page.next()));
        }
    }

    private static void receipt(JsonGenerator json, Receipt receipt) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, receipt.conversationId());
        json.writeStringField(JsonFields.USER_ID, receipt.userId());
        json.writeNumberField(JsonFields.UP_TO_SEQ, receipt.upToSeq());
        FieldWriter.time(json, "at", receipt.at());
        json.writeEndObject();
    }

    private static void unreadChanged(JsonGenerator json, UnreadChanged event) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversationId());
        json.writeNumberField(JsonFields.UNREAD, event.unread());
        json.writeNumberField(JsonFields.READ_SEQ, event.readSeq());
        json.writeNumberField(JsonFields.LATEST_SEQ, event.latestSeq());
        json.writeNumberField(JsonFields.UNREAD_MENTIONS, event.unreadMentions());
        if (event.lastMessage() != null) {
            ConversationJson.lastMessage(json, event.conversationId(), event.lastMessage());
        }
        json.writeEndObject();
    }
}
