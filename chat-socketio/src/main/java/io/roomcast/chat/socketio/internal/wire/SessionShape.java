package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.model.Limits;
import java.io.IOException;

/** The JSON form of what a client is told first. */
final class SessionShape {
    private static final int PROTOCOL = 1;

    private SessionShape() {}

    static void write(JsonGenerator json, SessionStarted session) throws IOException {
        json.writeStartObject();
        json.writeNumberField("protocol", PROTOCOL);
        json.writeStringField("sessionId", session.sessionId());
        if (session.userId() != null) {
            json.writeStringField(Fields.USER_ID, session.userId());
        }
        json.writeStringField(Fields.EPOCH, session.epoch());
        json.writeStringField("serverTime", Shapes.time(session.serverTime()));
        if (session.tokenExpiresAt() != null) {
            json.writeStringField("tokenExpiresAt", Shapes.time(session.tokenExpiresAt()));
        }
        json.writeBooleanField("resumed", session.resumed());
        json.writeFieldName("limits");
        limits(json, session.limits());
        Shapes.texts(json, "features", session.features());
        json.writeEndObject();
    }

    /** Those that a client can keep to by itself. */
    private static void limits(JsonGenerator json, Limits limits) throws IOException {
        json.writeStartObject();
        json.writeNumberField("contentLength", limits.contentLength());
        json.writeNumberField("idLength", limits.idLength());
        json.writeNumberField("clientMessageIdLength", limits.clientMessageIdLength());
        json.writeNumberField("fileNameLength", limits.fileNameLength());
        json.writeNumberField("fileUrlLength", limits.fileUrlLength());
        json.writeNumberField("roomsPerSession", limits.roomsPerSession());
        json.writeNumberField("historyPage", limits.historyPage());
        json.writeNumberField("historyPageMax", limits.historyPageMax());
        json.writeNumberField("members", limits.members());
        json.writeNumberField("frameBytes", limits.frameBytes());
        json.writeNumberField("commandTimeoutMs", WireTime.millis(limits.commandTimeout()));
        json.writeNumberField("typingTimeoutMs", WireTime.millis(limits.typingTimeout()));
        json.writeNumberField("typingIntervalMs", WireTime.millis(limits.typingInterval()));
        json.writeEndObject();
    }
}
