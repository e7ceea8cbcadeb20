package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.command.DeclineCall;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.GetIceServers;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.event.CallAccepted;
import io.roomcast.chat.event.CallDeclined;
import io.roomcast.chat.event.CallEnded;
import io.roomcast.chat.event.CallLeft;
import io.roomcast.chat.event.CallSignalled;
import io.roomcast.chat.event.CallStarted;
import io.roomcast.chat.event.CallUpdated;
import io.roomcast.chat.event.IncomingCall;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.CallSignal;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.CallSummary;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.IceGrant;
import io.roomcast.chat.model.IceServer;
import io.roomcast.chat.model.SfuTicket;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import io.roomcast.chat.socketio.internal.json.WireTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls on the wire. */
final class CallWire {
    private static final String CALL_ID = "callId";
    private static final String MEDIA = "media";
    private static final String FROM = "from";
    private static final String PEERS = "peers";
    private static final String PARTICIPANT_ID = "participantId";
    private static final String INDEX = "index";
    private static final String AUDIO = "audio";
    private static final String VIDEO = "video";
    private static final String SCREEN = "screen";
    private static final String DATA = "data";
    private static final String RING_MS = "ringMs";
    private static final String DURATION_MS = "durationMs";

    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.of(StartCall.class, "startCall", CallWire::start, CallWire::started),
            WireCommand.of(
                    AcceptCall.class, "acceptCall", argument -> new AcceptCall(callId(argument)), CallWire::entry),
            WireCommand.of(
                    DeclineCall.class,
                    "declineCall",
                    argument -> new DeclineCall(callId(argument)),
                    WireCommand::nothing),
            WireCommand.of(SignalCall.class, "signalCall", CallWire::signal, WireCommand::nothing),
            WireCommand.of(UpdateCall.class, "updateCall", CallWire::update, WireCommand::nothing),
            WireCommand.of(RejoinCall.class, "rejoinCall", CallWire::rejoin, CallWire::rejoined),
            WireCommand.of(
                    EndCall.class,
                    "endCall",
                    CallWire::end,
                    (json, reply) -> optionalTime(json, DURATION_MS, reply.duration())),
            WireCommand.of(
                    GetIceServers.class,
                    "getIceServers",
                    argument -> new GetIceServers(callId(argument)),
                    (json, reply) -> ice(json, reply, JsonFields.EXPIRES_AT)));

    static final List<WireEvent<?>> EVENTS = List.of(
            new WireEvent<>(IncomingCall.class, "incomingCall", CallWire::incoming),
            new WireEvent<>(CallStarted.class, "callStarted", CallWire::callStarted),
            new WireEvent<>(
                    CallAccepted.class, "callAccepted", (json, event) -> ofPeer(json, event.callId(), event.peer())),
            new WireEvent<>(
                    CallUpdated.class, "callUpdated", (json, event) -> ofPeer(json, event.callId(), event.peer())),
            new WireEvent<>(CallDeclined.class, "callDeclined", CallWire::declined),
            new WireEvent<>(CallSignalled.class, "callSignal", CallWire::signalled),
            new WireEvent<>(CallLeft.class, "callLeft", CallWire::left),
            new WireEvent<>(CallEnded.class, "callEnded", CallWire::ended));

    private CallWire() {}

    private static String callId(JsonNode argument) {
        return Payload.of(argument).text(CALL_ID);
    }

    private static StartCall start(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new StartCall(payload.text(JsonFields.CONVERSATION_ID), choice(payload, MEDIA, CallMedia::ofWireName));
    }

    private static <E> E choice(Payload payload, String field, Function<String, Optional<E>> values) {
        String name = payload.text(field);
        if (name.isEmpty()) {
            throw ChatException.missing(field);
        }
        return values.apply(name).orElseThrow(() -> ChatException.invalid(field));
    }

    private static SignalCall signal(JsonNode argument) {
        Payload payload = Payload.of(argument);
        CallSignalKind kind = choice(payload, JsonFields.KIND, CallSignalKind::ofWireName);
        JsonNode data = argument.path(DATA);
        if (data.isArray() && data.size() > FixedLimits.CALL_CANDIDATES) {
            throw ChatException.invalid(DATA, "at most " + FixedLimits.CALL_CANDIDATES + " candidates");
        }
        return new SignalCall(payload.text(CALL_ID), payload.text("to"), kind, payload.optionalJson(DATA));
    }

    private static UpdateCall update(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new UpdateCall(
                payload.text(CALL_ID),
                payload.optionalBoolean(AUDIO),
                payload.optionalBoolean(VIDEO),
                payload.optionalBoolean(SCREEN),
                payload.optionalBoolean("connected"));
    }

    private static RejoinCall rejoin(JsonNode argument) {
        Payload payload = Payload.of(argument);
        Long after = payload.optionalLong(JsonFields.AFTER);
        return new RejoinCall(
                payload.text(CALL_ID), payload.text(JsonFields.KEY), after == null ? 0 : after, flag(payload, "fresh"));
    }

    private static boolean flag(Payload payload, String field) {
        return Boolean.TRUE.equals(payload.optionalBoolean(field));
    }

    private static EndCall end(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new EndCall(payload.text(CALL_ID), flag(payload, "forAll"));
    }

    private static void started(JsonGenerator json, StartCall.Started reply) throws IOException {
        entry(json, reply.entry());
        if (reply.joined()) {
            json.writeBooleanField("joined", true);
        }
        FieldWriter.texts(json, "rung", reply.rung());
    }

    private static void entry(JsonGenerator json, CallEntry entry) throws IOException {
        json.writeStringField(CALL_ID, entry.callId());
        json.writeStringField(JsonFields.CONVERSATION_ID, entry.conversationId());
        json.writeStringField(MEDIA, entry.media().wireName());
        json.writeStringField("mode", entry.sfu() == null ? "mesh" : "sfu");
        json.writeStringField("state", entry.isActive() ? "active" : "ringing");
        optionalTime(json, RING_MS, entry.ringing());
        json.writeStringField(PARTICIPANT_ID, entry.participantId());
        json.writeNumberField(INDEX, entry.index());
        json.writeStringField(JsonFields.KEY, entry.key());
        peers(json, entry.peers());
        ice(json, entry.ice(), "iceExpiresAt");
        if (entry.relayOnly()) {
            json.writeBooleanField("relayOnly", true);
        }
        if (entry.sfu() != null) {
            sfu(json, entry.sfu());
        }
    }

    private static void sfu(JsonGenerator json, SfuTicket ticket) throws IOException {
        json.writeObjectFieldStart("sfu");
        json.writeStringField("provider", ticket.provider());
        json.writeStringField("url", ticket.url());
        json.writeStringField("token", ticket.token());
        FieldWriter.time(json, JsonFields.EXPIRES_AT, ticket.expiresAt());
        json.writeEndObject();
    }

    private static void ice(JsonGenerator json, IceGrant grant, String expiresAt) throws IOException {
        json.writeArrayFieldStart("iceServers");
        for (IceServer server : grant.servers()) {
            json.writeStartObject();
            FieldWriter.texts(json, "urls", server.urls());
            FieldWriter.optional(json, "username", server.username());
            FieldWriter.optional(json, "credential", server.credential());
            json.writeEndObject();
        }
        json.writeEndArray();
        FieldWriter.optionalTime(json, expiresAt, grant.expiresAt());
    }

    private static void rejoined(JsonGenerator json, RejoinCall.Rejoined reply) throws IOException {
        entry(json, reply.entry());
        json.writeArrayFieldStart("signals");
        for (CallSignal signal : reply.signals()) {
            json.writeStartObject();
            signal(json, signal);
            json.writeEndObject();
        }
        json.writeEndArray();
        if (reply.lost()) {
            json.writeBooleanField("lost", true);
        }
    }

    private static void signal(JsonGenerator json, CallSignal signal) throws IOException {
        json.writeNumberField("n", signal.n());
        json.writeStringField(FROM, signal.from());
        json.writeStringField(JsonFields.KIND, signal.kind().wireName());
        json.writeFieldName(DATA);
        json.writeRawValue(signal.data() == null ? "null" : signal.data());
    }

    private static void peers(JsonGenerator json, List<CallPeer> peers) throws IOException {
        json.writeArrayFieldStart(PEERS);
        for (CallPeer peer : peers) {
            json.writeStartObject();
            peer(json, peer);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void peer(JsonGenerator json, CallPeer peer) throws IOException {
        json.writeStringField(PARTICIPANT_ID, peer.participantId());
        json.writeNumberField(INDEX, peer.index());
        json.writeStringField(JsonFields.USER_ID, peer.userId());
        json.writeBooleanField(AUDIO, peer.audio());
        json.writeBooleanField(VIDEO, peer.video());
        json.writeBooleanField(SCREEN, peer.screen());
        if (peer.away()) {
            json.writeBooleanField("away", true);
        }
    }

    /** Writes the call of a conversation, as a field of the answer to a join. */
    static void summary(JsonGenerator json, CallSummary call) throws IOException {
        json.writeObjectFieldStart("call");
        json.writeStringField(CALL_ID, call.callId());
        json.writeStringField(MEDIA, call.media().wireName());
        peers(json, call.peers());
        FieldWriter.time(json, "startedAt", call.startedAt());
        json.writeEndObject();
    }

    private static void optionalTime(JsonGenerator json, String field, @Nullable Duration time) throws IOException {
        if (time != null) {
            json.writeNumberField(field, WireTime.millis(time));
        }
    }

    private static void incoming(JsonGenerator json, IncomingCall event) throws IOException {
        json.writeStartObject();
        json.writeStringField(CALL_ID, event.callId());
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversationId());
        json.writeStringField(FROM, event.from());
        json.writeStringField(MEDIA, event.media().wireName());
        FieldWriter.time(json, JsonFields.EXPIRES_AT, event.expiresAt());
        json.writeNumberField(RING_MS, WireTime.millis(event.ringing()));
        peers(json, event.peers());
        json.writeEndObject();
    }

    private static void callStarted(JsonGenerator json, CallStarted event) throws IOException {
        json.writeStartObject();
        json.writeStringField(CALL_ID, event.callId());
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversationId());
        json.writeStringField(FROM, event.from());
        json.writeStringField(MEDIA, event.media().wireName());
        json.writeEndObject();
    }

    private static void ofPeer(JsonGenerator json, String callId, CallPeer peer) throws IOException {
        json.writeStartObject();
        json.writeStringField(CALL_ID, callId);
        peer(json, peer);
        json.writeEndObject();
    }

    private static void declined(JsonGenerator json, CallDeclined event) throws IOException {
        json.writeStartObject();
        json.writeStringField(CALL_ID, event.callId());
        json.writeStringField(JsonFields.USER_ID, event.userId());
        json.writeEndObject();
    }

    private static void signalled(JsonGenerator json, CallSignalled event) throws IOException {
        json.writeStartObject();
        json.writeStringField(CALL_ID, event.callId());
        signal(json, event.signal());
        json.writeEndObject();
    }

    private static void left(JsonGenerator json, CallLeft event) throws IOException {
        json.writeStartObject();
        json.writeStringField(CALL_ID, event.callId());
        json.writeStringField(PARTICIPANT_ID, event.participantId());
        json.writeStringField(JsonFields.USER_ID, event.userId());
        json.writeStringField(JsonFields.REASON, event.reason().wireName());
        json.writeEndObject();
    }

    private static void ended(JsonGenerator json, CallEnded event) throws IOException {
        json.writeStartObject();
        json.writeStringField(CALL_ID, event.callId());
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversationId());
        json.writeStringField(JsonFields.REASON, event.reason().wireName());
        FieldWriter.optional(json, "by", event.by());
        optionalTime(json, DURATION_MS, event.duration());
        if (event.continues()) {
            json.writeBooleanField("continues", true);
        }
        json.writeEndObject();
    }
}
