package io.roomcast.chat.socketio.internal.recovery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.socketio.internal.packet.Offset;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records the last offsets that one client was sent.
 *
 * <p>Safe for use by any thread, because a lost connection may still be written to while its client reconnects.
 */
final class SentOffsets {
    /** The number of recorded offsets. A client that missed more cannot recover its session. */
    static final int LENGTH = 256;

    /** The client's position in each room before the recorded offsets. */
    @GuardedBy("this")
    private final Map<String, Position> rooms;

    @GuardedBy("this")
    private final ArrayDeque<Offset> recorded = new ArrayDeque<>();

    /** The offset that the client had at the start. */
    @Nullable
    private final String start;

    /** The last offset that is no longer recorded. */
    @GuardedBy("this")
    @Nullable
    private Offset evicted;

    @GuardedBy("this")
    private boolean invalid;

    /**
     * Creates a record without offsets.
     *
     * @param start the offset of the last event that the client received before, or null
     * @param rooms the client's position in each room
     */
    SentOffsets(@Nullable String start, Map<String, Position> rooms) {
        this.start = start;
        this.rooms = new HashMap<>(rooms);
    }

    /** Records an offset. The oldest one counts as received when the record is full. */
    synchronized void add(Offset offset) {
        recorded.add(offset);
        if (recorded.size() > LENGTH) {
            evicted = recorded.remove();
            SentTrail.receive(rooms, evicted);
        }
    }

    /** Makes every position unknown, because packets to the client were dropped. */
    synchronized void invalidate() {
        invalid = true;
    }

    /** Returns what was recorded so far; empty if packets were dropped. */
    synchronized Optional<SentTrail> trail() {
        String before = evicted == null ? start : evicted.text();
        return invalid ? Optional.empty() : Optional.of(new SentTrail(before, rooms, List.copyOf(recorded)));
    }

    /** Returns a reply that also records the rooms that the client joins and leaves. */
    <R> Reply<R> recordingRooms(Reply<R> reply) {
        return new Reply<>() {
            @Override
            public void succeeded(R result) {
                record(result);
                reply.succeeded(result);
            }

            @Override
            public void failed(ChatException refusal) {
                reply.failed(refusal);
            }
        };
    }

    private synchronized void record(@Nullable Object result) {
        if (result instanceof JoinRoom.Joined joined) {
            rooms.put(joined.conversationId(), joined.position());
        } else if (result instanceof JoinRooms.Joined several) {
            several.results().forEach(each -> record(each.joined()));
        } else if (result instanceof LeaveRoom.Left left) {
            rooms.remove(left.conversationId());
        }
    }
}
