package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Presence of users on the wire. */
final class PresenceWire {
    private static final String PRESENCE = "presence";

    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.of(SetPresence.class, "setPresence", PresenceWire::setPresence, PresenceWire::set),
            WireCommand.of(
                    GetPresence.class,
                    "getPresence",
                    argument -> new GetPresence(userIds(argument)),
                    (json, reply) -> presence(json, reply.presence())),
            WireCommand.of(
                    SubscribePresence.class,
                    "subscribePresence",
                    argument -> new SubscribePresence(userIds(argument)),
                    (json, reply) -> presence(json, reply.presence())),
            WireCommand.of(
                    UnsubscribePresence.class,
                    "unsubscribePresence",
                    argument -> new UnsubscribePresence(userIds(argument)),
                    (json, reply) -> presence(json, reply.presence())));

    static final List<WireEvent<?>> EVENTS = List.of(new WireEvent<>(
            PresenceChanged.class, "presenceChanged", (json, event) -> presence(json, event.presence())));

    private PresenceWire() {}

    private static SetPresence setPresence(JsonNode argument) {
        String name = Payload.of(argument).text(JsonFields.STATUS);
        if (name.isEmpty()) {
            throw ChatException.missing(JsonFields.STATUS);
        }
        return new SetPresence(Stream.of(Presence.Status.ONLINE, Presence.Status.AWAY)
                .filter(status -> status.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> ChatException.invalid(JsonFields.STATUS)));
    }

    private static void set(JsonGenerator json, SetPresence.Set reply) throws IOException {
        json.writeFieldName(PRESENCE);
        presence(json, reply.presence());
    }

    private static List<String> userIds(JsonNode argument) {
        return Payload.of(argument).texts(JsonFields.USER_IDS);
    }

    private static void presence(JsonGenerator json, List<Presence> users) throws IOException {
        json.writeArrayFieldStart(PRESENCE);
        for (Presence presence : users) {
            presence(json, presence);
        }
        json.writeEndArray();
    }

    private static void presence(JsonGenerator json, Presence presence) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.USER_ID, presence.userId());
        json.writeStringField(JsonFields.STATUS, presence.status().wireName());
        FieldWriter.optionalTime(json, "lastSeenAt", presence.lastSeenAt());
        json.writeEndObject();
    }
}
