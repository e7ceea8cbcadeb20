package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.engine.Delivery;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.wire.Json.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes outbound packets of the Socket.IO protocol (version 5); whoever asks for one releases it. */
public final class Packets {
    private static final String CONNECT = "40";
    private static final String DISCONNECT = "41";
    private static final String EVENT = "42";
    private static final String ACK = "43";
    private static final String CONNECT_ERROR = "44";

    private static final String MESSAGE_START = EVENT + "[\"" + WireNames.MESSAGE_SENT + "\",";
    private static final String BATCH_START = EVENT + "[\"" + WireNames.MESSAGES_BATCH + "\",[";

    /** Events that can be fetched later, in the history or in what changed. */
    private static final Set<Class<? extends ChatEvent>> FETCHABLE = Set.of(
            MessageSent.class, MessageEdited.class, MessageDeleted.class, ReactionsChanged.class, RoomSynced.class);

    /** Events of which only the latest counts, and that are of no use later. */
    private static final Set<Class<? extends ChatEvent>> PASSING = Set.of(
            TypingStarted.class,
            TypingStopped.class,
            ViewingStarted.class,
            ViewingStopped.class,
            PresenceChanged.class,
            UserJoined.class,
            UserLeft.class,
            MessagesDelivered.class,
            MessagesRead.class);

    private Packets() {}

    /** The client is let in, under its public id, and perhaps given a secret one to come back with. */
    public static EncodedPacket connected(String sessionId, @Nullable String secret) {
        return packet(CONNECT, json -> {
            json.writeStartObject();
            json.writeStringField("sid", sessionId);
            if (secret != null) {
                json.writeStringField("pid", secret);
            }
            json.writeEndObject();
        });
    }

    /** Refuses a client that is not authenticated, or whose handshake has an unreadable field or is too large. */
    public static EncodedPacket denied(ChatException refusal) {
        Optional<String> field = refusal.field();
        boolean isOfPayload = field.isPresent() || refusal.code() == ErrorCode.PAYLOAD_TOO_LARGE;
        return packet(CONNECT_ERROR, json -> {
            json.writeStartObject();
            json.writeStringField("message", isOfPayload ? refusal.text() : ErrorCode.UNAUTHENTICATED.text());
            json.writeObjectFieldStart("data");
            json.writeStringField("code", refusal.code().wireName());
            json.writeBooleanField("retryable", refusal.code().retryable());
            if (field.isPresent()) {
                json.writeStringField("field", field.get());
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** A client 2.x is let in. */
    public static EncodedPacket connectedLegacy() {
        return EncodedPacket.of(CONNECT);
    }

    /** A client 2.x is not let in. */
    public static EncodedPacket deniedLegacy() {
        return packet(CONNECT_ERROR, json -> json.writeString(ErrorCode.UNAUTHENTICATED.text()));
    }

    /** Disconnects the client from the chat; clients do not reconnect by themselves after it. */
    public static EncodedPacket disconnected() {
        return EncodedPacket.of(DISCONNECT);
    }

    /** Refuses a legacy client's connection to an unknown namespace. */
    public static EncodedPacket unknownNamespaceLegacy(String namespace) {
        return packet(CONNECT_ERROR + namespace + ",", json -> json.writeString("Invalid namespace"));
    }

    /** There is no such namespace. */
    public static EncodedPacket unknownNamespace(String namespace) {
        return packet(CONNECT_ERROR + namespace + ",", json -> {
            json.writeStartObject();
            json.writeStringField("message", "Invalid namespace");
            json.writeEndObject();
        });
    }

    /** Something happened. */
    public static EncodedPacket event(ChatEvent event) {
        return event(event, null);
    }

    /** The same with its offset as one more argument, unless the mark is null. */
    public static EncodedPacket event(ChatEvent event, @Nullable Offset mark) {
        return packet(importance(event), EVENT, json -> {
            json.writeStartArray();
            event.accept(new EventEncoder(json));
            if (mark != null) {
                json.writeString(mark.offset());
            }
            json.writeEndArray();
        });
    }

    /** Several messages in one packet, made of their own packets, so that nothing is encoded twice. */
    public static EncodedPacket batch(List<EncodedPacket> messages) {
        return EncodedPacket.of(Delivery.FETCHABLE, buffer -> {
            String separator = BATCH_START;
            for (EncodedPacket message : messages) {
                ByteBufUtil.writeUtf8(buffer, separator);
                message.writeTo(buffer, MESSAGE_START.length(), 1);
                separator = ",";
            }
            ByteBufUtil.writeUtf8(buffer, "]]");
        });
    }

    private static Delivery importance(ChatEvent event) {
        if (FETCHABLE.contains(event.getClass())) {
            return Delivery.FETCHABLE;
        }
        return PASSING.contains(event.getClass()) ? Delivery.PASSING : Delivery.VITAL;
    }

    /**
     * Returns the ack of an event that requested one.
     *
     * @param prefix the event's ack number, after the namespace unless that is the chat's
     */
    public static EncodedPacket ack(String prefix, Writer answer) {
        return packet(ACK + prefix, json -> {
            json.writeStartArray();
            answer.write(json);
            json.writeEndArray();
        });
    }

    /** An event failed that wanted no answer. */
    public static EncodedPacket failure(String name, String asked, ChatException refusal, JsonNode argument) {
        return packet(EVENT, json -> {
            json.writeStartArray();
            json.writeString(name);
            FailureEncoder.event(json, name, asked, refusal, argument);
            json.writeEndArray();
        });
    }

    /** The server is about to stop. */
    public static EncodedPacket draining(Duration reconnectIn, Duration deadline) {
        return packet(EVENT, json -> {
            json.writeStartArray();
            json.writeString(WireNames.SERVER_DRAINING);
            json.writeStartObject();
            json.writeNumberField("reconnectInMs", WireTime.millis(reconnectIn));
            json.writeNumberField("deadlineMs", WireTime.millis(deadline));
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    private static EncodedPacket packet(String prefix, Writer writer) {
        return packet(Delivery.VITAL, prefix, writer);
    }

    private static EncodedPacket packet(Delivery importance, String prefix, Writer writer) {
        return EncodedPacket.of(importance, buffer -> write(buffer, prefix, writer));
    }

    private static void write(ByteBuf buffer, String prefix, Writer writer) {
        ByteBufUtil.writeUtf8(buffer, prefix);
        Json.write(buffer, writer);
    }
}
