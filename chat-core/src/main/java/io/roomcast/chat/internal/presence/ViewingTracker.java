package io.roomcast.chat.internal.presence;

import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is looking at which conversation, by their sessions; safe for use by any thread.
 *
 * <p>A user looks from the first session that says so until the last one stops, leaves or ends. A session looks at as many
 * conversations at the most as it may be in rooms.
 */
public final class ViewingTracker {
    private static final int MOST_VIEWERS = 200;

    private final Map<Session, Map<String, String>> viewing = new HashMap<>();
    private final Map<String, Map<String, Integer>> viewers = new HashMap<>();
    private final RoomRegistry rooms;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final int mostPerSession;

    public ViewingTracker(RoomRegistry rooms, ConversationLanes lanes, Publisher publisher, int mostPerSession) {
        this.rooms = rooms;
        this.lanes = lanes;
        this.publisher = publisher;
        this.mostPerSession = mostPerSession;
    }

    /** Notes that the session's user is looking; true if the user was not before. */
    public synchronized boolean start(String conversationId, String userId, Session session) {
        Map<String, String> mine = viewing.getOrDefault(session, Map.of());
        if (!rooms.isOpen(session) || mine.containsKey(conversationId)) {
            return false;
        }
        if (mine.size() >= mostPerSession) {
            throw ChatException.of(ErrorCode.ROOM_LIMIT);
        }
        viewing.computeIfAbsent(session, key -> new HashMap<>()).put(conversationId, userId);
        return viewers.computeIfAbsent(conversationId, key -> new LinkedHashMap<>())
                        .merge(userId, 1, Integer::sum)
                == 1;
    }

    /** Who the session said is looking, or null. */
    public synchronized @Nullable String viewer(String conversationId, Session session) {
        return viewing.getOrDefault(session, Map.of()).get(conversationId);
    }

    /** Notes that the session's user looks elsewhere; empty if nobody looked, or another session of the user still does. */
    public synchronized Optional<String> stop(String conversationId, Session session) {
        Map<String, String> mine = viewing.get(session);
        String userId = mine == null ? null : mine.remove(conversationId);
        if (mine != null && mine.isEmpty()) {
            viewing.remove(session);
        }
        return userId != null && forget(conversationId, userId) ? Optional.of(userId) : Optional.empty();
    }

    private boolean forget(String conversationId, String userId) {
        Map<String, Integer> here = viewers.getOrDefault(conversationId, Map.of());
        boolean isLast = here.merge(userId, -1, (count, one) -> count == 1 ? null : count - 1) == null;
        if (here.isEmpty()) {
            viewers.remove(conversationId);
        }
        return isLast;
    }

    /** The session is over: its user looks at nothing more through it. */
    public void end(Session session) {
        take(session)
                .forEach((conversationId, userId) -> lanes.offer(conversationId, () -> {
                    if (!isViewing(conversationId, userId)) {
                        publisher.tell(
                                new ViewingStopped(conversationId, userId), new Audience.Room(conversationId, session));
                    }
                }));
    }

    private synchronized Map<String, String> take(Session session) {
        Map<String, String> mine = viewing.getOrDefault(session, Map.of());
        viewing.remove(session);
        Map<String, String> stopped = new HashMap<>(mine);
        stopped.entrySet().removeIf(entry -> !forget(entry.getKey(), entry.getValue()));
        return stopped;
    }

    private synchronized boolean isViewing(String conversationId, String userId) {
        return viewers.getOrDefault(conversationId, Map.of()).containsKey(userId);
    }

    /** Some of those who are looking, those first who began first. */
    public synchronized List<String> viewers(String conversationId) {
        return viewers.getOrDefault(conversationId, Map.of()).keySet().stream()
                .limit(MOST_VIEWERS)
                .toList();
    }

    /** How many sessions are looking, and at how many conversations. */
    public synchronized int size() {
        return viewing.size() + viewers.size();
    }
}
