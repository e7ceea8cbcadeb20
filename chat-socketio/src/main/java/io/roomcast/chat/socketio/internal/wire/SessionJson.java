package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import java.io.IOException;
import java.util.List;

/** The JSON form of what a client is told first. */
final class SessionJson {
    private static final int PROTOCOL = 1;

    private SessionJson() {}

    static void write(JsonGenerator json, SessionStarted session) throws IOException {
        json.writeStartObject();
        json.writeNumberField("protocol", PROTOCOL);
        json.writeStringField("sessionId", session.sessionId());
        if (session.userId() != null) {
            json.writeStringField(JsonFields.USER_ID, session.userId());
        }
        json.writeStringField(JsonFields.EPOCH, session.epoch());
        json.writeStringField("serverTime", MessageJson.time(session.serverTime()));
        if (session.tokenExpiresAt() != null) {
            json.writeStringField("tokenExpiresAt", MessageJson.time(session.tokenExpiresAt()));
        }
        json.writeBooleanField("resumed", session.resumed());
        json.writeFieldName("limits");
        limits(json, session.limits(), session.rates());
        MessageJson.texts(json, "features", session.features());
        json.writeEndObject();
    }

    /** Writes every limit and rate under the name of its setting. */
    private static void limits(JsonGenerator json, Limits limits, List<Rate> rates) throws IOException {
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
        json.writeNumberField("largeRoom", limits.largeRoom());
        json.writeNumberField("headerBytes", limits.headerBytes());
        json.writeNumberField("requestLineBytes", limits.requestLineBytes());
        json.writeNumberField("pendingBytes", limits.pendingBytes());
        json.writeNumberField("sessionsPerUser", limits.sessionsPerUser());
        json.writeNumberField("connectionsPerAddress", limits.connectionsPerAddress());
        json.writeNumberField("handshakesPerSecond", limits.handshakesPerSecond());
        json.writeNumberField("packetsPerSecond", limits.packetsPerSecond());
        json.writeNumberField("queuedPerConversation", limits.queuedPerConversation());
        json.writeNumberField("queued", limits.queued());
        json.writeNumberField("syncPage", limits.syncPage());
        json.writeNumberField("editWindowMs", WireTime.millis(limits.editWindow()));
        json.writeNumberField("deleteWindowMs", WireTime.millis(limits.deleteWindow()));
        rates(json, rates);
        json.writeEndObject();
    }

    private static void rates(JsonGenerator json, List<Rate> rates) throws IOException {
        json.writeObjectFieldStart("rates");
        for (Rate rate : rates) {
            json.writeObjectFieldStart(rate.name());
            json.writeNumberField("perSecond", rate.perSecond());
            json.writeNumberField("burst", rate.burst());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
