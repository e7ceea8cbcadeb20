package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.event.TokenExpiring;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.LimitsJson;
import io.roomcast.chat.socketio.internal.json.Payload;
import io.roomcast.chat.socketio.internal.json.WireTime;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The start and the end of sessions, and their tokens, on the wire. */
final class SessionWire {
    private static final int PROTOCOL = 1;

    static final List<WireCommand<?>> COMMANDS = List.of(WireCommand.of(
            RefreshToken.class,
            "refreshToken",
            SessionWire::refreshToken,
            (json, reply) -> FieldWriter.optionalTime(json, JsonFields.EXPIRES_AT, reply.expiresAt())));

    static final List<WireEvent<?>> EVENTS = List.of(
            new WireEvent<>(SessionStarted.class, "session", SessionWire::started),
            new WireEvent<>(TokenExpiring.class, "tokenExpiring", SessionWire::expiring),
            new WireEvent<>(SessionRevoked.class, "sessionRevoked", SessionWire::revoked));

    private SessionWire() {}

    private static RefreshToken refreshToken(JsonNode argument) {
        return new RefreshToken(Payload.of(argument).text("token"));
    }

    private static void expiring(JsonGenerator json, TokenExpiring event) throws IOException {
        json.writeStartObject();
        FieldWriter.time(json, JsonFields.EXPIRES_AT, event.expiresAt());
        json.writeNumberField("inMs", WireTime.millis(event.in()));
        json.writeEndObject();
    }

    private static void revoked(JsonGenerator json, SessionRevoked event) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.REASON, event.reason().wireName());
        json.writeBooleanField("reconnect", event.reconnect());
        json.writeEndObject();
    }

    private static void push(JsonGenerator json, Map<String, Map<String, String>> platforms) throws IOException {
        json.writeObjectFieldStart("push");
        for (Map.Entry<String, Map<String, String>> platform : platforms.entrySet()) {
            json.writeObjectFieldStart(platform.getKey());
            for (Map.Entry<String, String> value : platform.getValue().entrySet()) {
                json.writeStringField(value.getKey(), value.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void started(JsonGenerator json, SessionStarted session) throws IOException {
        json.writeStartObject();
        json.writeNumberField("protocol", PROTOCOL);
        json.writeStringField("sessionId", session.sessionId());
        FieldWriter.optional(json, JsonFields.USER_ID, session.userId());
        json.writeStringField(JsonFields.EPOCH, session.epoch());
        FieldWriter.time(json, "serverTime", session.serverTime());
        FieldWriter.optionalTime(json, "tokenExpiresAt", session.tokenExpiresAt());
        json.writeBooleanField("resumed", session.resumed());
        json.writeFieldName("limits");
        json.writeRawValue(LimitsJson.of(session.limits(), session.rates()));
        FieldWriter.texts(json, "features", session.features());
        FieldWriter.texts(json, "supports", session.supports());
        if (!session.push().isEmpty()) {
            push(json, session.push());
        }
        json.writeEndObject();
    }
}
