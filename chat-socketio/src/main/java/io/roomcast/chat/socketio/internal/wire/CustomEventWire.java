package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.List;

/** Events of the application's own on the wire. */
final class CustomEventWire {
    private static final String NAME = "name";
    private static final String DATA = "data";
    private static final String TO_USER_IDS = "toUserIds";

    static final List<WireCommand<?>> COMMANDS =
            List.of(WireCommand.of(SendEvent.class, "sendEvent", CustomEventWire::sendEvent, WireCommand::nothing));

    static final List<WireEvent<?>> EVENTS =
            List.of(new WireEvent<>(CustomEventSent.class, "customEvent", CustomEventWire::customEvent));

    private CustomEventWire() {}

    private static SendEvent sendEvent(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new SendEvent(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.optionalText(JsonFields.USER_ID),
                payload.text(NAME),
                payload.optionalJson(DATA),
                toUserIds(payload));
    }

    /** Refuses an empty list: a client that selects users and finds none does not mean everyone. */
    private static List<String> toUserIds(Payload payload) {
        List<String> userIds = payload.texts(TO_USER_IDS);
        if (userIds.isEmpty() && payload.has(TO_USER_IDS)) {
            throw ChatException.missing(TO_USER_IDS);
        }
        return userIds;
    }

    private static void customEvent(JsonGenerator json, CustomEventSent event) throws IOException {
        json.writeStartObject();
        FieldWriter.optional(json, JsonFields.CONVERSATION_ID, event.conversationId());
        FieldWriter.optional(json, JsonFields.USER_ID, event.userId());
        json.writeStringField(NAME, event.name());
        FieldWriter.optionalJson(json, DATA, event.data());
        FieldWriter.time(json, "at", event.at());
        json.writeEndObject();
    }
}
