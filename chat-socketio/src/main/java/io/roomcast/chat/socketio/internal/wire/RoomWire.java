package io.roomcast.chat.socketio.internal.wire;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.event.RoomStats;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joining and leaving rooms on the wire. */
final class RoomWire {
    private static final String ROOMS = "rooms";
    private static final String LARGE = "large";

    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.ofUser(JoinRoom.class, "joinRoom", RoomWire::joinRoom, RoomWire::joined),
            WireCommand.ofUser(JoinRooms.class, "joinRooms", RoomWire::joinRooms, RoomWire::joinedRooms),
            WireCommand.of(LeaveRoom.class, "leaveRoom", RoomWire::leaveRoom, RoomWire::left));

    static final List<WireEvent<?>> EVENTS = List.of(
            new WireEvent<>(
                    UserJoined.class,
                    "userJoined",
                    (json, event) -> user(json, event.conversationId(), event.userId(), event.online())),
            new WireEvent<>(
                    UserLeft.class,
                    "userLeft",
                    (json, event) -> user(json, event.conversationId(), event.userId(), event.online())),
            new WireEvent<>(RoomStats.class, "roomStats", RoomWire::stats));

    private RoomWire() {}

    private static JoinRoom joinRoom(JsonNode argument) {
        Payload payload = Payload.ofConversation(argument);
        return new JoinRoom(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.optionalPosition(JsonFields.AFTER),
                payload.optionalInt(JsonFields.LIMIT));
    }

    private static void joined(JsonGenerator json, JoinRoom.Joined reply, @Nullable String userId) throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, reply.conversationId());
        json.writeStringField(JsonFields.EPOCH, reply.epoch());
        json.writeNumberField(JsonFields.LATEST_SEQ, reply.position().seq());
        json.writeNumberField(JsonFields.VERSION, reply.position().version());
        json.writeNumberField(JsonFields.READ_SEQ, reply.readSeq());
        json.writeNumberField(JsonFields.UNREAD, reply.unread());
        json.writeNumberField(JsonFields.ONLINE, reply.online());
        if (reply.large()) {
            json.writeBooleanField(LARGE, true);
        }
        if (reply.missed() != null) {
            MessageJson.messages(json, reply.missed().messages(), userId);
            FieldWriter.position(json, MessageJson.COVERED, reply.missed().covered());
            json.writeBooleanField(JsonFields.HAS_MORE, reply.missed().hasMore());
        }
        if (reply.call() != null) {
            CallWire.summary(json, reply.call());
        }
    }

    /** Reads entries that are a room's id alone or an object, as for a single join. Keeps refusals by their index. */
    private static JoinRooms joinRooms(JsonNode argument) {
        List<JsonNode> entries = Payload.of(argument).elements(ROOMS);
        List<JoinRoom> rooms = new ArrayList<>(entries.size());
        Map<Integer, JoinRooms.Result> refused = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                rooms.add(joinRoom(entries.get(i)));
            } catch (ChatException refusal) {
                String requested =
                        Payload.echo(entries.get(i), JsonFields.CONVERSATION_ID).orElse("");
                refused.put(i, JoinRooms.Result.refused(requested, refusal));
            }
        }
        return new JoinRooms(rooms, refused);
    }

    /** Writes one result for each room, with the fields of the ack of a single join. */
    private static void joinedRooms(JsonGenerator json, JoinRooms.Joined reply, @Nullable String userId)
            throws IOException {
        json.writeArrayFieldStart(ROOMS);
        for (JoinRooms.Result result : reply.results()) {
            json.writeStartObject();
            json.writeBooleanField(JsonFields.SUCCESS, result.joined() != null);
            if (result.joined() != null) {
                joined(json, result.joined(), userId);
            } else {
                json.writeStringField(JsonFields.CONVERSATION_ID, result.conversationId());
                FailureEncoder.room(json, requireNonNull(result.refusal()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static LeaveRoom leaveRoom(JsonNode argument) {
        return new LeaveRoom(Payload.ofConversation(argument).text(JsonFields.CONVERSATION_ID));
    }

    private static void left(JsonGenerator json, LeaveRoom.Left reply) throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, reply.conversationId());
    }

    private static void stats(JsonGenerator json, RoomStats event) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversationId());
        json.writeNumberField(JsonFields.ONLINE, event.online());
        json.writeNumberField("typing", event.typing());
        json.writeBooleanField(LARGE, event.large());
        json.writeEndObject();
    }

    private static void user(JsonGenerator json, String conversationId, String userId, int online) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, conversationId);
        json.writeStringField(JsonFields.USER_ID, userId);
        json.writeNumberField(JsonFields.ONLINE, online);
        json.writeEndObject();
    }
}
