package io.roomcast.chat.socketio.internal.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.roomcast.chat.spi.ChatMetrics;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** All sessions of a server, by their secret ids; safe for use by any thread. */
public final class EngineSessions {
    private static final int ID_BYTES = 18;

    private final Map<String, EngineSession> bySid = new ConcurrentHashMap<>();
    private final Map<EventLoop, LoopFlush> flushes = new ConcurrentHashMap<>();
    private final SecureRandom random = seededRandom();
    private final ConnectionLog log = new ConnectionLog();
    private final AtomicInteger webSockets = new AtomicInteger();
    private final LongAdder tooSlow = new LongAdder();
    private final EngineSettings settings;
    private final ChatMetrics metrics;

    /** No sessions yet. */
    public EngineSessions(EngineSettings settings, ChatMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        metrics.onTransport("polling", this::polling);
        metrics.onTransport("websocket", this::webSockets);
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
        if (session.hasWebSocket()) {
            webSockets.decrementAndGet();
        }
        if (reason == CloseReason.TOO_SLOW) {
            tooSlow.increment();
        }
        log.ended(reason);
        metrics.onDisconnect(reason.label());
    }

    /** A session has a WebSocket from now on, until its end. */
    void webSocketTaken() {
        webSockets.incrementAndGet();
    }

    /** How many sessions there are. */
    public int size() {
        return bySid.size();
    }

    /** How many sessions have a WebSocket. */
    public int webSockets() {
        return webSockets.get();
    }

    /** How many sessions poll. */
    public int polling() {
        return Math.max(0, size() - webSockets());
    }

    /** How many sessions have ended as their clients were too slow. */
    public long tooSlow() {
        return tooSlow.sum();
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
