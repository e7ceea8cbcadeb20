package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the optional parts of a handshake. Ignores values that cannot be used, which never refuse the client.
 *
 * <p>Objects and lists may also be strings that hold their JSON, because some clients can send only strings.
 */
public final class HandshakeDecoder {
    private static final String RESUME = "resume";
    private static final String FEATURES = "features";
    private static final String ROOMS = "rooms";
    private static final String PID = "pid";
    private static final String OFFSET = "offset";
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    /** A position beyond every conversation's head, which makes the chat report that the client's position is lost. */
    private static final Position LOST = new Position(MAX_SAFE_INTEGER, MAX_SAFE_INTEGER);

    private HandshakeDecoder() {}

    /**
     * A request to recover the session whose connection was lost.
     *
     * @param secret the id that only this client received
     * @param offset the last offset that it received, or null
     */
    public record Claim(String secret, @Nullable String offset) {}

    /**
     * A request to resume a client's rooms.
     *
     * @param known the rooms to resume; one with an unreadable position has a lost position
     * @param isComplete whether these are all requested rooms
     */
    public record Wanted(Resume known, boolean isComplete) {}

    /**
     * Returns the payload of a CONNECT packet; an empty object if there is none. Empty if it is not an object.
     *
     * @param data the JSON of the packet; may be empty
     */
    public static Optional<JsonNode> auth(String data) {
        if (data.isEmpty()) {
            return Optional.of(Json.object());
        }
        return Json.parse(data)
                .map(auth -> isAbsent(auth) ? Json.object() : auth)
                .filter(JsonNode::isObject);
    }

    /**
     * The session that the client wants back, if it wants one.
     *
     * @param auth the payload of its CONNECT packet
     */
    public static Optional<Claim> claim(JsonNode auth) {
        return Optional.ofNullable(auth.path(PID).textValue())
                .map(secret -> new Claim(secret, auth.path(OFFSET).textValue()));
    }

    /**
     * Whether the client takes several messages in one event.
     *
     * @param auth the payload of its CONNECT packet
     */
    public static boolean takesBatches(JsonNode auth) {
        for (JsonNode feature : structure(auth.path(FEATURES))) {
            if (WireNames.MESSAGES_BATCH.equals(feature.textValue())) {
                return true;
            }
        }
        return false;
    }

    /**
     * The rooms that the client was in when it lost its connection, if it says so.
     *
     * @param auth the payload of its CONNECT packet
     * @param mostRooms how many rooms it may have back; those beyond are left aside
     */
    public static Optional<Wanted> resume(JsonNode auth, int mostRooms) {
        JsonNode resume = structure(auth.path(RESUME));
        if (isAbsent(resume)) {
            return Optional.empty();
        }
        JsonNode rooms = structure(resume.path(ROOMS));
        boolean isNothing = resume.isObject() && isAbsent(rooms);
        boolean isComplete = isNothing || (rooms.isObject() && rooms.size() <= mostRooms);
        String epoch = resume.path(JsonFields.EPOCH).asText("");
        return Optional.of(new Wanted(new Resume(epoch, positions(rooms, mostRooms)), isComplete));
    }

    /** Returns whether the value counts as absent, as null and an empty text do everywhere. */
    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isEmpty());
    }

    /** Returns the value, or the JSON that its text holds. */
    private static JsonNode structure(JsonNode value) {
        return value.isTextual() ? Json.parse(value.textValue()).orElse(value) : value;
    }

    private static Map<String, Position> positions(JsonNode rooms, int most) {
        Map<String, Position> positions = new HashMap<>();
        if (rooms.isObject()) {
            Payload payload = Payload.of(rooms);
            for (Iterator<String> names = rooms.fieldNames(); names.hasNext() && positions.size() < most; ) {
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
