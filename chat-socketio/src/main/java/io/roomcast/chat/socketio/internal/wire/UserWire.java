package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.GetUsers;
import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.command.UnregisterDevice;
import io.roomcast.chat.event.UserUpdated;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.QuietHours;
import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The users of the host's directory, and the devices of users, on the wire. */
final class UserWire {
    private static final String TOKEN = "token";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String TIME_ZONE = "timeZone";
    private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d");

    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.of(
                    GetUsers.class,
                    "getUsers",
                    argument -> new GetUsers(Payload.of(argument).texts(JsonFields.USER_IDS)),
                    UserWire::found),
            WireCommand.of(
                    RegisterDevice.class,
                    "registerDevice",
                    UserWire::registerDevice,
                    (json, reply) -> json.writeStringField("deviceId", reply.deviceId())),
            WireCommand.of(
                    UnregisterDevice.class,
                    "unregisterDevice",
                    argument -> new UnregisterDevice(Payload.of(argument).text(TOKEN)),
                    (json, reply) -> {}));

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

    private static RegisterDevice registerDevice(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new RegisterDevice(
                payload.text("platform"),
                payload.text(TOKEN),
                payload.optionalTexts("keys"),
                quiet(payload.optionalPayload("quiet")),
                payload.optionalText("locale"));
    }

    private static @Nullable QuietHours quiet(@Nullable Payload hours) {
        return hours == null ? null : new QuietHours(time(hours, FROM), time(hours, TO), timeZone(hours));
    }

    private static LocalTime time(Payload hours, String field) {
        String text = hours.text(field);
        try {
            if (TIME.matcher(text).matches()) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeException invalid) {
            // Such as 25:00.
        }
        throw ChatException.invalid("quiet." + field, "a time such as 22:00");
    }

    private static ZoneId timeZone(Payload hours) {
        try {
            return ZoneId.of(hours.text(TIME_ZONE));
        } catch (DateTimeException unknown) {
            throw ChatException.invalid("quiet." + TIME_ZONE, "a time zone such as Europe/Berlin");
        }
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
