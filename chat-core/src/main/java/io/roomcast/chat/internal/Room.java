package io.roomcast.chat.internal;

import io.roomcast.chat.model.Session;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sessions of one room; safe for use by several threads. */
final class Room {
    private final Set<Session> sessions = new LinkedHashSet<>();

    /** Made anew only when somebody asks after a change, so that a thousand joins do not copy a thousand lists. */
    @Nullable
    private List<Session> snapshot;

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
}
