package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.internal.engine.EngineSessions;
import io.roomcast.chat.socketio.internal.recovery.RecoverableConnection;
import io.roomcast.chat.socketio.internal.recovery.RecoveryRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Socket.IO connections of a server, one on top of each session of the transport; safe for use by any thread. */
public final class ChatSockets implements EngineListener.Factory {
    private final Set<ChatSocket> admitted = ConcurrentHashMap.newKeySet();
    private final Map<String, List<ChatSocket>> ofUser = new ConcurrentHashMap<>();
    private final ChatService chat;
    private final EngineSessions sessions;
    private final RequestCounters traffic;
    private final TokenChecks tokens;

    @Nullable
    private final RecoveryRegistry recovery;

    private final boolean refusesSurplus;

    /** Connects clients to the given chat, and counts what they ask. */
    public ChatSockets(ChatService chat, EngineSessions sessions, RequestCounters traffic) {
        this(chat, sessions, traffic, null, false);
    }

    /**
     * Connects clients to the given chat, and counts what they ask.
     *
     * @param recovery how clients have lost sessions back, or null if they do not
     * @param refusesSurplus whether a user's session beyond the limit is refused, in place of ending the idlest one
     */
    public ChatSockets(
            ChatService chat,
            EngineSessions sessions,
            RequestCounters traffic,
            @Nullable RecoveryRegistry recovery,
            boolean refusesSurplus) {
        this.chat = chat;
        this.sessions = sessions;
        this.traffic = traffic;
        this.tokens = TokenChecks.ofSockets(chat);
        this.recovery = recovery;
        this.refusesSurplus = refusesSurplus;
    }

    @Override
    public EngineListener opened(EngineSession session) {
        chat.gather(session.loop());
        return new ChatSocket(chat, session, this);
    }

    RecoverableConnection recoverable(Consumer<Runnable> giveUp) {
        return new RecoverableConnection(recovery, giveUp);
    }

    TokenChecks tokens() {
        return tokens;
    }

    RequestCounters traffic() {
        return traffic;
    }

    String newId() {
        return sessions.newId();
    }

    /**
     * Adds an admitted socket until it is removed. Returns false if its user has too many sockets and surplus ones are
     * refused.
     */
    boolean enter(ChatSocket socket, Principal principal) {
        String userId = principal.userId();
        if (userId != null) {
            int most = chat.limits().sessionsPerUser();
            if (isFull(userId, most) && refusesSurplus) {
                return false;
            }
            surplus(userId, socket, most).forEach(ChatSocket::giveWay);
        }
        admitted.add(socket);
        return true;
    }

    private boolean isFull(String userId, int most) {
        return ofUser.getOrDefault(userId, List.of()).size() >= most;
    }

    /** Adds the socket to its user's sockets, and removes and returns the surplus ones, idle for longest. */
    private List<ChatSocket> surplus(String userId, ChatSocket socket, int most) {
        List<ChatSocket> surplus = new ArrayList<>();
        ofUser.compute(userId, (key, present) -> {
            List<ChatSocket> kept = present == null ? new ArrayList<>(1) : new ArrayList<>(present);
            while (kept.size() >= most) {
                ChatSocket idlest = Collections.max(kept, Comparator.comparingLong(ChatSocket::idleNanos));
                kept.remove(idlest);
                surplus.add(idlest);
            }
            kept.add(socket);
            return List.copyOf(kept);
        });
        return surplus;
    }

    void leave(ChatSocket socket, Principal principal) {
        String userId = principal.userId();
        if (admitted.remove(socket) && userId != null) {
            ofUser.computeIfPresent(userId, (key, present) -> {
                List<ChatSocket> left =
                        present.stream().filter(other -> other != socket).toList();
                return left.isEmpty() ? null : left;
            });
        }
    }

    /** Tells every client to come back at a time of its own within the window, so that they do not all come at once. */
    public void announceDrain(Duration window) {
        for (ChatSocket socket : admitted) {
            long reconnectIn = ThreadLocalRandom.current().nextLong(window.toMillis() + 1);
            socket.announceDrain(Duration.ofMillis(reconnectIn), window);
        }
    }
}
