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

/** Reads what a client wants beside being let in, as strictly as an event's payload. */
public final class HandshakeDecoder {
    private static final String RESUME = "resume";
    private static final String FEATURES = "features";
    private static final String ROOMS = "rooms";
    private static final String PID = "pid";
    private static final String OFFSET = "offset";
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private HandshakeDecoder() {}

    /**
     * That a client wants the session back whose connection it lost.
     *
     * @param secret the id that only it was given
     * @param offset the last that it has of what was told, or null
     */
    public record Claim(String secret, @Nullable String offset) {}

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
     * @throws ChatException if anything is not what it should be
     */
    public static boolean takesBatches(JsonNode auth) {
        return Payload.of(auth).texts(FEATURES).contains(WireNames.MESSAGES_BATCH);
    }

    /**
     * What the client had when it lost its connection, if it says so.
     *
     * @param auth the payload of its CONNECT packet
     * @param mostRooms how many rooms it may have been in
     * @throws ChatException if anything is not what it should be
     */
    public static Optional<Resume> resume(JsonNode auth, int mostRooms) {
        JsonNode resume = auth.path(RESUME);
        if (resume.isMissingNode() || resume.isNull()) {
            return Optional.empty();
        }
        String epoch = Payload.of(resume).text(Fields.EPOCH);
        JsonNode rooms = resume.path(ROOMS);
        if (epoch.isEmpty() || !rooms.isObject() || rooms.size() > mostRooms) {
            throw ChatException.invalid(RESUME);
        }
        return Optional.of(new Resume(epoch, positions(rooms)));
    }

    private static Map<String, Position> positions(JsonNode rooms) {
        Payload payload = Payload.of(rooms);
        Map<String, Position> positions = new HashMap<>();
        for (Iterator<String> names = rooms.fieldNames(); names.hasNext(); ) {
            String conversationId = names.next();
            Position position = payload.optionalPosition(conversationId);
            if (position == null || Math.max(position.seq(), position.version()) > MAX_SAFE_INTEGER) {
                throw ChatException.invalid(ROOMS);
            }
            positions.put(conversationId, position);
        }
        return positions;
    }
}
