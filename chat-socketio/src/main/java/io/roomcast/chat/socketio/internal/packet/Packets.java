package io.roomcast.chat.socketio.internal.packet;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket.DropPolicy;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.json.Json.Writer;
import io.roomcast.chat.socketio.internal.json.WireTime;
import io.roomcast.chat.socketio.internal.wire.FailureEncoder;
import io.roomcast.chat.socketio.internal.wire.WireEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Encodes outbound packets of the Socket.IO protocol, version 5. The caller of each method releases the packet. */
public final class Packets {
    /** The name of the event with several messages, and of the feature by which a client accepts it. */
    public static final String MESSAGES_BATCH = "messagesBatch";

    private static final String SERVER_DRAINING = "serverDraining";
    private static final String CONNECT = "40";
    private static final String DISCONNECT = "41";
    private static final String EVENT = "42";
    private static final String ACK = "43";
    private static final String CONNECT_ERROR = "44";

    private static final String MESSAGE_START = EVENT + "[\"" + WireEvents.MESSAGE_SENT + "\",";
    private static final String BATCH_START = EVENT + "[\"" + MESSAGES_BATCH + "\",[";

    private Packets() {}

    /**
     * Accepts a CONNECT packet.
     *
     * @param sessionId the public id of the session
     * @param pid the secret id by which the client can recover the session, or null if it cannot
     */
    public static EncodedPacket connected(String sessionId, @Nullable String pid) {
        return packet(CONNECT, json -> {
            json.writeStartObject();
            json.writeStringField("sid", sessionId);
            FieldWriter.optional(json, "pid", pid);
            json.writeEndObject();
        });
    }

    /** Refuses a client that is not authenticated, or whose CONNECT packet has an unreadable field or is too large. */
    public static EncodedPacket denied(ChatException refusal) {
        Optional<String> field = refusal.field();
        boolean isOfPayload = field.isPresent() || refusal.code() == ErrorCode.PAYLOAD_TOO_LARGE;
        return packet(CONNECT_ERROR, json -> {
            json.writeStartObject();
            json.writeStringField("message", isOfPayload ? refusal.text() : ErrorCode.UNAUTHENTICATED.text());
            json.writeObjectFieldStart("data");
            json.writeStringField("code", refusal.code().wireName());
            json.writeBooleanField("retryable", refusal.code().retryable());
            FieldWriter.optional(json, "field", field.orElse(null));
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** Accepts a client 2.x. */
    public static EncodedPacket connectedLegacy() {
        return EncodedPacket.of(CONNECT);
    }

    /** Refuses a client 2.x. */
    public static EncodedPacket deniedLegacy() {
        return packet(CONNECT_ERROR, json -> json.writeString(ErrorCode.UNAUTHENTICATED.text()));
    }

    /** Disconnects the client from the namespace. Clients do not reconnect automatically after it. */
    public static EncodedPacket disconnected() {
        return EncodedPacket.of(DISCONNECT);
    }

    /** Refuses a legacy client's connection to an unknown namespace. */
    public static EncodedPacket unknownNamespaceLegacy(String namespace) {
        return packet(CONNECT_ERROR + namespace + ",", json -> json.writeString("Invalid namespace"));
    }

    /** Refuses the connection to an unknown namespace. */
    public static EncodedPacket unknownNamespace(String namespace) {
        return packet(CONNECT_ERROR + namespace + ",", json -> {
            json.writeStartObject();
            json.writeStringField("message", "Invalid namespace");
            json.writeEndObject();
        });
    }

    /** Encodes an event without an offset. */
    public static EncodedPacket event(ChatEvent event) {
        return event(event, null, null, FileLinks.none());
    }

    /**
     * Encodes an event.
     *
     * @param userId the user who receives the event, or null for any
     * @param offset the event's second argument, or null for none
     * @param links signs the URLs of uploaded files
     */
    public static EncodedPacket event(
            ChatEvent event, @Nullable String userId, @Nullable Offset offset, FileLinks links) {
        return packet(dropPolicy(event), EVENT, json -> {
            links.attachTo(json);
            json.writeStartArray();
            WireEvents.write(json, event, userId);
            if (offset != null) {
                json.writeString(offset.text());
            }
            json.writeEndArray();
        });
    }

    /** Joins packets of single messages without an offset into one packet, and encodes nothing again. */
    public static EncodedPacket batch(List<EncodedPacket> messages) {
        return EncodedPacket.of(DropPolicy.RECOVERABLE, buffer -> {
            String separator = BATCH_START;
            for (EncodedPacket message : messages) {
                ByteBufUtil.writeUtf8(buffer, separator);
                message.writeTo(buffer, MESSAGE_START.length(), 1);
                separator = ",";
            }
            ByteBufUtil.writeUtf8(buffer, "]]");
        });
    }

    private static DropPolicy dropPolicy(ChatEvent event) {
        return switch (event.delivery()) {
            case VOLATILE -> DropPolicy.VOLATILE;
            case RECOVERABLE -> DropPolicy.RECOVERABLE;
            case REQUIRED -> DropPolicy.REQUIRED;
        };
    }

    /**
     * Returns the ack of an event that requested one.
     *
     * @param prefix the event's ack number, after the namespace unless that is the chat's
     */
    public static EncodedPacket ack(String prefix, Writer reply) {
        return packet(ACK + prefix, json -> {
            json.writeStartArray();
            reply.write(json);
            json.writeEndArray();
        });
    }

    /**
     * Reports the failure of an event that requested no ack.
     *
     * @param name the name of the reporting event, as {@link FailureEncoder} has it
     * @param requested the name of the failed event
     */
    public static EncodedPacket failure(String name, String requested, ChatException refusal, JsonNode argument) {
        return packet(EVENT, json -> {
            json.writeStartArray();
            json.writeString(name);
            FailureEncoder.event(json, name, requested, refusal, argument);
            json.writeEndArray();
        });
    }

    /**
     * Announces that the server will stop.
     *
     * @param reconnectIn when the client should reconnect
     * @param deadline when the server will disconnect all clients
     */
    public static EncodedPacket draining(Duration reconnectIn, Duration deadline) {
        return packet(EVENT, json -> {
            json.writeStartArray();
            json.writeString(SERVER_DRAINING);
            json.writeStartObject();
            json.writeNumberField("reconnectInMs", WireTime.millis(reconnectIn));
            json.writeNumberField("deadlineMs", WireTime.millis(deadline));
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    private static EncodedPacket packet(String prefix, Writer writer) {
        return packet(DropPolicy.REQUIRED, prefix, writer);
    }

    private static EncodedPacket packet(DropPolicy dropPolicy, String prefix, Writer writer) {
        return EncodedPacket.of(dropPolicy, buffer -> write(buffer, prefix, writer));
    }

    private static void write(ByteBuf buffer, String prefix, Writer writer) {
        ByteBufUtil.writeUtf8(buffer, prefix);
        Json.write(buffer, writer);
    }
}
