package io.roomcast.chat.socketio.internal.engine;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.roomcast.chat.socketio.internal.channel.SecretIds;
import io.roomcast.chat.socketio.internal.http.ConnectionLog;
import io.roomcast.chat.spi.ChatMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** All sessions of a server, by their secret ids; safe for use by any thread. */
public final class EngineSessions {
    private static final long POLL_PATIENCE_MILLIS = 1_000;
    private static final long LOOK_NANOS = 5_000_000;

    private final Map<String, EngineSession> bySid = new ConcurrentHashMap<>();
    private final Map<String, EngineSession> awaitingPoll = new ConcurrentHashMap<>();
    private final Map<EventLoop, FlushConsolidator> flushes = new ConcurrentHashMap<>();
    private final SecretIds ids = new SecretIds();
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

    EngineSettings settings() {
        return settings;
    }

    ConnectionLog log() {
        return log;
    }

    EngineSession create(Handshake hello, EventLoop loop, Transport outlet) {
        EngineSession session = new EngineSession(newId(), hello, loop, settings, this, outlet);
        bySid.put(session.sid(), session);
        return session;
    }

    /** An id that nobody can guess. */
    public String newId() {
        return ids.next();
    }

    Optional<EngineSession> find(String sid) {
        EngineSession session = bySid.get(sid);
        return Optional.ofNullable(session == null ? awaitingPoll.get(sid) : session);
    }

    /** Remembers a session that its client closed, because an earlier poll may still arrive over another connection. */
    void awaitPoll(EngineSession session) {
        awaitingPoll.put(session.sid(), session);
        session.loop().schedule(() -> pollCame(session), POLL_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    void pollCame(EngineSession session) {
        awaitingPoll.remove(session.sid());
    }

    void remove(EngineSession session, CloseReason reason) {
        bySid.remove(session.sid(), session);
        if (session.hasWebSocket()) {
            webSockets.decrementAndGet();
        }
        if (reason == CloseReason.TOO_SLOW) {
            tooSlow.increment();
        }
        reason.logTo(log);
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

    FlushConsolidator flushes(EventLoop loop) {
        return flushes.computeIfAbsent(loop, FlushConsolidator::new);
    }

    /**
     * Ends each session once its client has received everything sent before. Blocks until then, or until the time is
     * over. Polling clients must fetch the data.
     */
    public void finishAll(CloseReason reason, Duration patience) {
        bySid.values().forEach(session -> session.loop().execute(() -> session.finish(reason)));
        long end = System.nanoTime() + patience.toNanos();
        while (!bySid.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Ends all sessions, and blocks until the last packets of each have been written. */
    public void closeAll(CloseReason reason) {
        bySid.values().stream()
                .map(session -> session.loop().submit(() -> session.close(reason)))
                .toList()
                .forEach(Future::awaitUninterruptibly);
        awaitAnswers();
    }

    /** Waits for the event loops of the connections, which write the answers to polls. */
    private void awaitAnswers() {
        flushes.keySet().stream().map(loop -> loop.submit(() -> {})).toList().forEach(Future::awaitUninterruptibly);
    }
}
