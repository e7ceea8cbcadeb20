package io.roomcast.chat.socketio.internal;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.internal.transport.EngineListener;
import io.roomcast.chat.socketio.internal.transport.EngineSession;
import io.roomcast.chat.socketio.internal.transport.EngineSessions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Socket.IO connections of a server, one on top of each session of the transport; safe for use by any thread. */
public final class ChatSockets implements EngineListener.Factory {
    private final Set<ChatSocket> admitted = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> sessionsOfUser = new ConcurrentHashMap<>();
    private final ChatService chat;
    private final EngineSessions sessions;
    private final Traffic traffic;
    private final TokenChecks tokens;

    @Nullable
    private final Recovery recovery;

    /** Connects clients to the given chat, and counts what they ask. */
    public ChatSockets(ChatService chat, EngineSessions sessions, Traffic traffic) {
        this(chat, sessions, traffic, null);
    }

    /**
     * Connects clients to the given chat, and counts what they ask.
     *
     * @param recovery how clients have lost sessions back, or null if they do not
     */
    public ChatSockets(ChatService chat, EngineSessions sessions, Traffic traffic, @Nullable Recovery recovery) {
        this.chat = chat;
        this.sessions = sessions;
        this.traffic = traffic;
        this.tokens = TokenChecks.ofSockets(chat);
        this.recovery = recovery;
    }

    @Override
    public EngineListener opened(EngineSession session) {
        chat.gather(session.loop());
        return new ChatSocket(chat, session, this);
    }

    Recoverable recoverable(Consumer<Runnable> giveUp) {
        return new Recoverable(recovery, giveUp);
    }

    TokenChecks tokens() {
        return tokens;
    }

    Traffic traffic() {
        return traffic;
    }

    String newId() {
        return sessions.newId();
    }

    /** Counts a socket that is let in, until it leaves; false if its user has too many already. */
    boolean enter(ChatSocket socket, Principal principal) {
        String userId = principal.userId();
        if (userId != null
                && sessionsOfUser.merge(userId, 1, Integer::sum) > chat.limits().sessionsPerUser()) {
            release(userId);
            return false;
        }
        admitted.add(socket);
        return true;
    }

    void leave(ChatSocket socket, Principal principal) {
        String userId = principal.userId();
        if (admitted.remove(socket) && userId != null) {
            release(userId);
        }
    }

    private void release(String userId) {
        sessionsOfUser.computeIfPresent(userId, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Tells every client to come back at a time of its own within the window, so that they do not all come at once. */
    public void announceDrain(Duration window) {
        for (ChatSocket socket : admitted) {
            long reconnectIn = ThreadLocalRandom.current().nextLong(window.toMillis() + 1);
            socket.announceDrain(Duration.ofMillis(reconnectIn), window);
        }
    }
}
