package io.roomcast.chat.internal.presence;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RemotePresence;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tracks which users view which conversation, by their sessions; safe for use by any thread.
 *
 * <p>A user views a conversation from the first session that starts until the last one stops, leaves or closes. A session
 * may view as many conversations as it may join rooms.
 */
public final class ViewingTracker {
    /** The most viewers that are listed. */
    private static final int MAX_LISTED = 200;

    /** How long to wait for other nodes' entries. */
    private static final Duration MAX_READ = Duration.ofMillis(100);

    /** The user of each viewing session, by conversation. */
    @GuardedBy("this")
    private final Map<Session, Map<String, String>> viewing = new HashMap<>();

    /** The number of viewing sessions by user, for each conversation. */
    @GuardedBy("this")
    private final Map<String, Map<String, Integer>> viewers = new HashMap<>();

    private final RoomRegistry rooms;
    private final JoinLeaveNotifier notifier;
    private final RemotePresence remote;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final int maxPerSession;

    /**
     * Creates a tracker without viewers.
     *
     * @param maxPerSession the most conversations that one session may view
     */
    public ViewingTracker(
            RoomRegistry rooms,
            JoinLeaveNotifier notifier,
            RemotePresence remote,
            ConversationLanes lanes,
            Publisher publisher,
            int maxPerSession) {
        this.rooms = rooms;
        this.notifier = notifier;
        this.remote = remote;
        this.lanes = lanes;
        this.publisher = publisher;
        this.maxPerSession = maxPerSession;
    }

    /**
     * Records that the session's user views the conversation. Returns true if the user did not before, on any node.
     *
     * @throws ChatException {@link ErrorCode#ROOM_LIMIT} if the session views too many conversations
     */
    public synchronized boolean start(String conversationId, String userId, Session session) {
        Map<String, String> userByConversation = viewing.getOrDefault(session, Map.of());
        if (!rooms.isOpen(session) || userByConversation.containsKey(conversationId)) {
            return false;
        }
        if (userByConversation.size() >= maxPerSession) {
            throw ChatException.of(ErrorCode.ROOM_LIMIT);
        }
        viewing.computeIfAbsent(session, key -> new HashMap<>()).put(conversationId, userId);
        Map<String, Integer> sessionsOf = viewers.computeIfAbsent(conversationId, key -> new LinkedHashMap<>());
        return sessionsOf.merge(userId, 1, Integer::sum) == 1 && addViewer(conversationId, userId);
    }

    private boolean addViewer(String conversationId, String userId) {
        remote.addViewer(conversationId);
        return notifier.viewing(conversationId, userId, true);
    }

    /** Returns the user whom the session reported as viewing, or null. */
    public synchronized @Nullable String viewer(String conversationId, Session session) {
        return viewing.getOrDefault(session, Map.of()).get(conversationId);
    }

    /**
     * Records that the session's user stopped viewing, and returns the user's id. Returns empty if the session was not
     * viewing, or if another session of the user still is.
     */
    public synchronized Optional<String> stop(String conversationId, Session session) {
        Map<String, String> userByConversation = viewing.get(session);
        String userId = userByConversation == null ? null : userByConversation.remove(conversationId);
        if (userByConversation != null && userByConversation.isEmpty()) {
            viewing.remove(session);
        }
        return userId != null && removeViewer(conversationId, userId) && notifier.viewing(conversationId, userId, false)
                ? Optional.of(userId)
                : Optional.empty();
    }

    /** Removes one session of a viewer. Returns whether it was the user's last one. */
    @GuardedBy("this")
    private boolean removeViewer(String conversationId, String userId) {
        Map<String, Integer> sessionsOf = viewers.getOrDefault(conversationId, Map.of());
        boolean isLast = sessionsOf.merge(userId, -1, (count, one) -> count == 1 ? null : count - 1) == null;
        if (sessionsOf.isEmpty()) {
            viewers.remove(conversationId);
        }
        if (isLast) {
            remote.removeViewer(conversationId);
        }
        return isLast;
    }

    /** Ends all viewing of a closed session, and notifies the rooms. */
    public void end(Session session) {
        remove(session).forEach((conversationId, userId) -> {
            if (!lanes.tryExecute(conversationId, () -> endInOrder(conversationId, userId, session))) {
                endHere(conversationId, userId);
            }
        });
    }

    private void endInOrder(String conversationId, String userId, Session session) {
        if (endHere(conversationId, userId)) {
            publisher.send(new ViewingStopped(conversationId, userId), new Audience.Room(conversationId, session));
        }
    }

    /** Removes the session. Returns the users who stopped viewing, by conversation. */
    private synchronized Map<String, String> remove(Session session) {
        Map<String, String> userByConversation = viewing.getOrDefault(session, Map.of());
        viewing.remove(session);
        Map<String, String> stopped = new HashMap<>();
        for (Map.Entry<String, String> entry : userByConversation.entrySet()) {
            if (removeViewer(entry.getKey(), entry.getValue())) {
                stopped.put(entry.getKey(), entry.getValue());
            }
        }
        return stopped;
    }

    /** Returns whether the user views the conversation on no node any longer. */
    private synchronized boolean endHere(String conversationId, String userId) {
        boolean isViewing = viewers.getOrDefault(conversationId, Map.of()).containsKey(userId);
        return !isViewing && notifier.viewing(conversationId, userId, false);
    }

    /**
     * Returns up to 200 viewers of a conversation: first those with sessions on this node, in the order in which they
     * started. May block for 100 ms to read those on other nodes.
     */
    public List<String> viewers(String conversationId) {
        Set<String> elsewhere = notifier.readViewersElsewhere(conversationId, MAX_READ);
        return Stream.concat(viewersHere(conversationId).stream(), elsewhere.stream())
                .distinct()
                .limit(MAX_LISTED)
                .toList();
    }

    private synchronized List<String> viewersHere(String conversationId) {
        return List.copyOf(viewers.getOrDefault(conversationId, Map.of()).keySet());
    }

    /** Returns the number of viewing sessions plus the number of viewed conversations. */
    public synchronized int size() {
        return viewing.size() + viewers.size();
    }
}
