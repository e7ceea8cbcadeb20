package io.roomcast.chat.socketio.internal.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All sessions of a server, by their secret ids; safe for use by any thread. */
public final class EngineSessions {
    private static final int ID_BYTES = 18;

    private final Map<String, EngineSession> bySid = new ConcurrentHashMap<>();
    private final Map<EventLoop, LoopFlush> flushes = new ConcurrentHashMap<>();
    private final SecureRandom random = seededRandom();
    private final ConnectionLog log = new ConnectionLog();
    private final EngineSettings settings;

    /** No sessions yet. */
    public EngineSessions(EngineSettings settings) {
        this.settings = settings;
    }

    /** Seeded now and computing from then on, as event loops must not wait for the system's entropy. */
    private static SecureRandom seededRandom() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[ID_BYTES]);
            return random;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK since 9 has DRBG", impossible);
        }
    }

    EngineSettings settings() {
        return settings;
    }

    ConnectionLog log() {
        return log;
    }

    EngineSession create(Hello hello, EventLoop loop, Outlet outlet) {
        EngineSession session = new EngineSession(newId(), hello, loop, settings, this, outlet);
        bySid.put(session.sid(), session);
        return session;
    }

    /** An id that nobody can guess. */
    public String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Optional<EngineSession> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    void remove(EngineSession session, CloseReason reason) {
        bySid.remove(session.sid(), session);
        log.ended(reason);
    }

    /** How many sessions there are. */
    public int size() {
        return bySid.size();
    }

    LoopFlush flushes(EventLoop loop) {
        return flushes.computeIfAbsent(loop, LoopFlush::new);
    }

    /** Ends all sessions, and blocks until each has written its farewell. */
    public void closeAll(CloseReason reason) {
        bySid.values().stream()
                .map(session -> session.loop().submit(() -> session.close(reason)))
                .toList()
                .forEach(Future::awaitUninterruptibly);
    }
}
