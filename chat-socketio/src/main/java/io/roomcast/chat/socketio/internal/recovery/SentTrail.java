package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.model.Position;
import io.roomcast.chat.socketio.internal.packet.Offset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client was sent, at one moment. Given the last offset that the client received, returns its position in each
 * room. Immutable.
 *
 * @param before the last offset before those of the trail, or null
 * @param rooms the client's position in each room before the trail
 * @param sent the offsets, in the order in which they were sent
 */
record SentTrail(@Nullable String before, Map<String, Position> rooms, List<Offset> sent) {
    /** Copies the collections. */
    SentTrail {
        rooms = Map.copyOf(rooms);
        sent = List.copyOf(sent);
    }

    /** Returns the trail without the rooms that the client is not in. */
    SentTrail within(Set<String> current) {
        Map<String, Position> kept = new HashMap<>(rooms);
        kept.keySet().retainAll(new HashSet<>(current));
        return new SentTrail(before, kept, sent);
    }

    /** Returns the positions of a client whose last received offset this is; empty if they are unknown. */
    Optional<Map<String, Position>> positionsAfter(@Nullable String offset) {
        List<Offset> received = new ArrayList<>();
        List<Offset> missed = new ArrayList<>();
        for (Offset each : sent) {
            missed.add(each);
            if (each.text().equals(offset)) {
                received.addAll(missed);
                missed.clear();
            }
        }
        boolean isKnown = !received.isEmpty() || Objects.equals(offset, before);
        return isKnown ? Optional.of(positions(received, missed)) : Optional.empty();
    }

    private Map<String, Position> positions(List<Offset> received, List<Offset> missed) {
        Map<String, Position> positions = new HashMap<>(rooms);
        received.forEach(offset -> receive(positions, offset));
        missed.forEach(
                offset -> positions.computeIfPresent(offset.conversationId(), (id, other) -> offset.missed(other)));
        return positions;
    }

    /** Changes a client's positions to those after it has received an event. */
    static void receive(Map<String, Position> positions, Offset offset) {
        positions.computeIfPresent(offset.conversationId(), (id, before) -> offset.received(before));
    }
}
