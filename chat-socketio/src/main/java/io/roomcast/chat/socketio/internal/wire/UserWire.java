package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.command.GetUsers;
import io.roomcast.chat.event.UserUpdated;
import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.List;

/** The users of the host's directory on the wire. */
final class UserWire {
    static final List<WireCommand<?>> COMMANDS = List.of(WireCommand.of(
            GetUsers.class,
            "getUsers",
            argument -> new GetUsers(Payload.of(argument).texts(JsonFields.USER_IDS)),
            UserWire::found));

    static final List<WireEvent<?>> EVENTS =
            List.of(new WireEvent<>(UserUpdated.class, "userUpdated", UserWire::updated));

    private UserWire() {}

    private static void found(JsonGenerator json, GetUsers.Found reply) throws IOException {
        json.writeArrayFieldStart("users");
        for (UserProfile user : reply.users()) {
            profile(json, user);
        }
        json.writeEndArray();
    }

    private static void updated(JsonGenerator json, UserUpdated event) throws IOException {
        json.writeStartObject();
        json.writeFieldName("user");
        profile(json, event.user());
        json.writeEndObject();
    }

    private static void profile(JsonGenerator json, UserProfile user) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.USER_ID, user.userId());
        FieldWriter.optional(json, "name", user.name());
        FieldWriter.optional(json, "avatarUrl", user.avatarUrl());
        MessageJson.metadata(json, user.metadata());
        json.writeEndObject();
    }
}
