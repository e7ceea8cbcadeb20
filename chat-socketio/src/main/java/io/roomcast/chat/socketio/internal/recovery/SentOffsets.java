package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.socketio.internal.wire.Offset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one client was sent, as far back as it may ask: the last thing that it has got tells how far it has come in each
 * room. Safe for use by any thread, as a connection that is lost may still be written to while the next one asks.
 */
public final class SentOffsets {
    /** Who has missed more of what was sent than this starts anew. */
    static final int LENGTH = 256;

    private final Map<String, Position> rooms;
    private final ArrayDeque<Offset> sent = new ArrayDeque<>();

    /** What the client had when it came. */
    @Nullable
    private final String start;

    @Nullable
    private Offset forgotten;

    private boolean broken;

    /**
     * The trail of a client that comes.
     *
     * @param start the offset of the last that it has, or null
     * @param rooms how far it has come
     */
    SentOffsets(@Nullable String start, Map<String, Position> rooms) {
        this.start = start;
        this.rooms = new HashMap<>(rooms);
    }

    /** The client is sent an event; what was sent long before is taken as heard. */
    public synchronized void sent(Offset mark) {
        sent.add(mark);
        if (sent.size() > LENGTH) {
            forgotten = sent.remove();
            hear(rooms, forgotten);
        }
    }

    /** The client was not sent what it should have been, and knows. */
    synchronized void breakOff() {
        broken = true;
    }

    /** How far the client has come that has this as its last, or nothing if that is not known any more. */
    synchronized Optional<Map<String, Position>> after(@Nullable String offset) {
        List<Offset> heard = new ArrayList<>();
        List<Offset> unheard = new ArrayList<>();
        for (Offset mark : sent) {
            unheard.add(mark);
            if (mark.offset().equals(offset)) {
                heard.addAll(unheard);
                unheard.clear();
            }
        }
        boolean isKnown = !heard.isEmpty() || Objects.equals(offset, beforeAll());
        return isKnown && !broken ? Optional.of(positions(heard, unheard)) : Optional.empty();
    }

    private @Nullable String beforeAll() {
        return forgotten == null ? start : forgotten.offset();
    }

    private Map<String, Position> positions(List<Offset> heard, List<Offset> unheard) {
        Map<String, Position> positions = new HashMap<>(rooms);
        heard.forEach(mark -> hear(positions, mark));
        unheard.forEach(mark -> positions.computeIfPresent(mark.conversationId(), (id, other) -> mark.unheard(other)));
        return positions;
    }

    private static void hear(Map<String, Position> positions, Offset mark) {
        positions.computeIfPresent(mark.conversationId(), (id, before) -> mark.heard(before));
    }

    /** An answer that takes note of rooms that the client joins and leaves. */
    <R> Reply<R> noting(Reply<R> answer) {
        return new Reply<>() {
            @Override
            public void succeeded(R result) {
                note(result);
                answer.succeeded(result);
            }

            @Override
            public void failed(ChatException refusal) {
                answer.failed(refusal);
            }
        };
    }

    private synchronized void note(@Nullable Object result) {
        if (result instanceof JoinRoom.Joined joined) {
            rooms.put(joined.conversationId(), joined.position());
        } else if (result instanceof JoinRooms.Joined several) {
            several.results().forEach(one -> note(one.joined()));
        } else if (result instanceof LeaveRoom.Left left) {
            rooms.remove(left.conversationId());
        }
    }
}
