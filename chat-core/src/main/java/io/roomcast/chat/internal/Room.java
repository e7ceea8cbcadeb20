package io.roomcast.chat.internal;

import io.roomcast.chat.model.Session;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sessions of one room; safe for use by several threads. */
final class Room {
    /** The answer of {@link #tell} where nothing is known of what the room has heard. */
    static final long UNKNOWN = -1;

    private final Set<Session> sessions = new LinkedHashSet<>();

    /** Made anew only when somebody asks after a change, so that a thousand joins do not copy a thousand lists. */
    @Nullable
    private List<Session> snapshot;

    private long told = UNKNOWN;

    synchronized void add(Session session) {
        sessions.add(session);
        snapshot = null;
    }

    /** Whether somebody is left. */
    synchronized boolean remove(Session session) {
        sessions.remove(session);
        snapshot = null;
        return !sessions.isEmpty();
    }

    synchronized List<Session> members() {
        if (snapshot == null) {
            snapshot = List.copyOf(sessions);
        }
        return snapshot;
    }

    /** Notes that whoever comes in hears of messages from the given place on, unless more is known already. */
    synchronized void start(long seq) {
        told = told == UNKNOWN ? seq : told;
    }

    /** Notes that the room hears of a message now; answers which one it had heard of last. */
    synchronized long tell(long seq) {
        long before = told;
        told = Math.max(told, seq);
        return before;
    }

    /** The newest message that the room has heard of. */
    synchronized long heard() {
        return told;
    }
}
