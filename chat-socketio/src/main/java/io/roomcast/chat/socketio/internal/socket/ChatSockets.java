package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.internal.engine.EngineSessions;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.recovery.ConnectionRecovery;
import io.roomcast.chat.socketio.internal.wire.ClientEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The Socket.IO connections of a server, one for each Engine.IO session. Safe for use by any thread. */
public final class ChatSockets implements EngineListener.Factory {
    private final Set<ChatSocket> authenticated = ConcurrentHashMap.newKeySet();
    private final Map<String, List<ChatSocket>> byUser = new ConcurrentHashMap<>();
    private final ChatEngine chat;
    private final ClientEvents events;
    private final EngineSessions sessions;
    private final RequestCounters counters;
    private final TokenChecks tokens;
    private final ConnectionRecovery.Factory recovery;
    private final boolean refusesSurplus;
    private final FileLinks links;

    /** Connects clients to the chat, without connection state recovery, and ends the idlest surplus session of a user. */
    public ChatSockets(ChatEngine chat, EngineSessions sessions, RequestCounters counters) {
        this(chat, sessions, counters, ConnectionRecovery.disabled(), false, FileLinks.none());
    }

    /**
     * Connects clients to the chat.
     *
     * @param counters counts the requests of all clients
     * @param recovery creates the connection state recovery of each connection
     * @param refusesSurplus whether a user's new session beyond the limit is refused; otherwise the session that was
     *     idle for the longest time is ended
     * @param links signs the URLs of uploaded files
     */
    public ChatSockets(
            ChatEngine chat,
            EngineSessions sessions,
            RequestCounters counters,
            ConnectionRecovery.Factory recovery,
            boolean refusesSurplus,
            FileLinks links) {
        this.chat = chat;
        this.events = ClientEvents.of(chat.events());
        this.sessions = sessions;
        this.counters = counters;
        this.tokens = TokenChecks.ofSockets(chat);
        this.recovery = recovery;
        this.refusesSurplus = refusesSurplus;
        this.links = links;
    }

    @Override
    public EngineListener opened(EngineSession session) {
        chat.batchPerTick(session.loop());
        return new ChatSocket(chat, session, this);
    }

    ConnectionRecovery recovery(Consumer<Runnable> evict) {
        return recovery.create(evict);
    }

    FileLinks links() {
        return links;
    }

    ClientEvents events() {
        return events;
    }

    TokenChecks tokens() {
        return tokens;
    }

    RequestCounters counters() {
        return counters;
    }

    boolean refusesSurplus() {
        return refusesSurplus;
    }

    String newId() {
        return sessions.newId();
    }

    /**
     * Adds the socket of an authenticated client. Returns false if its user has the maximum number of sockets and
     * surplus ones are refused.
     */
    boolean add(ChatSocket socket, Principal principal) {
        String userId = principal.userId();
        if (userId != null) {
            int max = chat.limits().sessionsPerUser();
            if (isFull(userId, max) && refusesSurplus) {
                return false;
            }
            addToUser(userId, socket, max).forEach(ChatSocket::endSurplus);
        }
        authenticated.add(socket);
        return true;
    }

    private boolean isFull(String userId, int max) {
        return byUser.getOrDefault(userId, List.of()).size() >= max;
    }

    /** Adds the socket to its user's. Removes and returns surplus ones, which were idle for the longest time. */
    private List<ChatSocket> addToUser(String userId, ChatSocket socket, int max) {
        List<ChatSocket> surplus = new ArrayList<>();
        byUser.compute(userId, (key, present) -> {
            List<ChatSocket> kept = present == null ? new ArrayList<>(1) : new ArrayList<>(present);
            while (kept.size() >= max) {
                ChatSocket idlest = Collections.max(kept, Comparator.comparingLong(ChatSocket::idleNanos));
                kept.remove(idlest);
                surplus.add(idlest);
            }
            kept.add(socket);
            return List.copyOf(kept);
        });
        return surplus;
    }

    /** Removes a socket whose session has ended. */
    void remove(ChatSocket socket, Principal principal) {
        String userId = principal.userId();
        if (authenticated.remove(socket) && userId != null) {
            byUser.computeIfPresent(userId, (key, present) -> {
                List<ChatSocket> left =
                        present.stream().filter(other -> other != socket).toList();
                return left.isEmpty() ? null : left;
            });
        }
    }

    boolean isEmpty() {
        return authenticated.isEmpty();
    }

    /**
     * Announces to every client that the server will stop, with a random time within the window to reconnect at.
     *
     * @return the clients by these times
     */
    public List<ConnectionDrain.Departure> announceDrain(Duration window) {
        long begin = System.nanoTime();
        return authenticated.stream()
                .map(socket -> new ConnectionDrain.Departure(
                        socket, begin + socket.announceDrain(window).toNanos()))
                .sorted(Comparator.comparingLong(departure -> departure.nanoTime() - begin))
                .toList();
    }
}
