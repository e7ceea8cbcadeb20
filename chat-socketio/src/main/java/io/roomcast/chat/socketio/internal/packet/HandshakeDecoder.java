package io.roomcast.chat.socketio.internal.packet;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes the payload of a CONNECT packet. Ignores optional values that it cannot read, and never refuses a client for
 * them.
 *
 * <p>Objects and lists may also be texts that hold their JSON, because some clients can only send texts.
 */
public final class HandshakeDecoder {
    private static final String TOKEN = "token";
    private static final String RESUME = "resume";
    private static final String FEATURES = "features";
    private static final String ROOMS = "rooms";
    private static final String PID = "pid";
    private static final String OFFSET = "offset";
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    /** A position beyond every conversation's last message, which the chat reports as lost. */
    private static final Position LOST = new Position(MAX_SAFE_INTEGER, MAX_SAFE_INTEGER);

    private HandshakeDecoder() {}

    /**
     * Decodes a CONNECT packet; empty if its JSON is malformed or not an object.
     *
     * @param data the JSON of the packet; an empty text and null count as an object without fields
     * @param maxRooms the maximum number of resumed rooms; further ones are ignored
     */
    public static Optional<ConnectRequest> decode(String data, int maxRooms) {
        return auth(data).map(auth -> request(auth, maxRooms));
    }

    private static Optional<JsonNode> auth(String data) {
        if (data.isEmpty()) {
            return Optional.of(Json.object());
        }
        return Json.parse(data)
                .map(auth -> isAbsent(auth) ? Json.object() : auth)
                .filter(JsonNode::isObject);
    }

    /**
     * Decodes the payload of a CONNECT packet.
     *
     * @param maxRooms the maximum number of resumed rooms; further ones are ignored
     */
    public static ConnectRequest request(JsonNode auth, int maxRooms) {
        JsonNode resume = structure(auth.path(RESUME));
        String token = auth.path(TOKEN).textValue();
        boolean acceptsBatches = acceptsBatches(auth);
        if (isAbsent(resume)) {
            return new ConnectRequest(token, Optional.empty(), true, recovery(auth), acceptsBatches);
        }
        JsonNode rooms = structure(resume.path(ROOMS));
        boolean hasNoRooms = resume.isObject() && isAbsent(rooms);
        boolean resumesAll = hasNoRooms || (rooms.isObject() && rooms.size() <= maxRooms);
        String epoch = resume.path(JsonFields.EPOCH).asText("");
        Resume known = new Resume(epoch, positions(rooms, maxRooms));
        return new ConnectRequest(token, Optional.of(known), resumesAll, Optional.empty(), acceptsBatches);
    }

    private static Optional<RecoveryRequest> recovery(JsonNode auth) {
        return Optional.ofNullable(auth.path(PID).textValue())
                .map(pid -> new RecoveryRequest(pid, auth.path(OFFSET).textValue()));
    }

    private static boolean acceptsBatches(JsonNode auth) {
        for (JsonNode feature : structure(auth.path(FEATURES))) {
            if (Packets.MESSAGES_BATCH.equals(feature.textValue())) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the value is missing, null or an empty text. */
    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isEmpty());
    }

    /** Returns the value, or the JSON that its text holds. */
    private static JsonNode structure(JsonNode value) {
        return value.isTextual() ? Json.parse(value.textValue()).orElse(value) : value;
    }

    private static Map<String, Position> positions(JsonNode rooms, int maxRooms) {
        Map<String, Position> positions = new HashMap<>();
        if (rooms.isObject()) {
            Payload payload = Payload.of(rooms);
            for (Iterator<String> names = rooms.fieldNames(); names.hasNext() && positions.size() < maxRooms; ) {
                String conversationId = names.next();
                positions.put(conversationId, position(payload, conversationId));
            }
        }
        return positions;
    }

    private static Position position(Payload rooms, String conversationId) {
        try {
            Position position = rooms.optionalPosition(conversationId);
            return position == null || Math.max(position.seq(), position.version()) > MAX_SAFE_INTEGER
                    ? LOST
                    : position;
        } catch (ChatException malformed) {
            return LOST;
        }
    }
}
