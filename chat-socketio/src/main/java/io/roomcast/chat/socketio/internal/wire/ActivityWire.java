package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import io.roomcast.chat.socketio.internal.json.WireTime;
import java.io.IOException;
import java.util.List;

/** Typing in a room, and viewing one, on the wire. */
final class ActivityWire {
    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.of(StartTyping.class, "typing", ActivityWire::typing, ActivityWire::started),
            WireCommand.of(StopTyping.class, "stopTyping", ActivityWire::stopTyping, WireCommand::nothing),
            WireCommand.of(StartViewing.class, "viewing", ActivityWire::viewing, ActivityWire::viewers),
            WireCommand.of(StopViewing.class, "stopViewing", ActivityWire::stopViewing, WireCommand::nothing));

    static final List<WireEvent<?>> EVENTS = List.of(
            new WireEvent<>(TypingStarted.class, "userTyping", ActivityWire::typingStarted),
            new WireEvent<>(
                    TypingStopped.class,
                    "userStoppedTyping",
                    (json, event) -> user(json, event.conversationId(), event.userId())),
            new WireEvent<>(
                    ViewingStarted.class,
                    "userViewing",
                    (json, event) -> user(json, event.conversationId(), event.userId())),
            new WireEvent<>(
                    ViewingStopped.class,
                    "userStoppedViewing",
                    (json, event) -> user(json, event.conversationId(), event.userId())));

    private ActivityWire() {}

    private static StartTyping typing(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new StartTyping(payload.text(JsonFields.CONVERSATION_ID), payload.optionalText(JsonFields.USER_ID));
    }

    private static void started(JsonGenerator json, StartTyping.Started reply) throws IOException {
        json.writeNumberField(JsonFields.EXPIRES_IN_MS, WireTime.millis(reply.expiresIn()));
    }

    private static StopTyping stopTyping(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new StopTyping(payload.text(JsonFields.CONVERSATION_ID), payload.optionalText(JsonFields.USER_ID));
    }

    private static void typingStarted(JsonGenerator json, TypingStarted event) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversationId());
        json.writeStringField(JsonFields.USER_ID, event.userId());
        json.writeNumberField(JsonFields.EXPIRES_IN_MS, WireTime.millis(event.expiresIn()));
        json.writeEndObject();
    }

    private static StartViewing viewing(JsonNode argument) {
        Payload payload = Payload.ofConversation(argument);
        return new StartViewing(payload.text(JsonFields.CONVERSATION_ID), payload.optionalText(JsonFields.USER_ID));
    }

    private static void viewers(JsonGenerator json, StartViewing.Viewing reply) throws IOException {
        FieldWriter.texts(json, "viewers", reply.viewers());
    }

    private static StopViewing stopViewing(JsonNode argument) {
        Payload payload = Payload.ofConversation(argument);
        return new StopViewing(payload.text(JsonFields.CONVERSATION_ID), payload.optionalText(JsonFields.USER_ID));
    }

    private static void user(JsonGenerator json, String conversationId, String userId) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, conversationId);
        json.writeStringField(JsonFields.USER_ID, userId);
        json.writeEndObject();
    }
}
