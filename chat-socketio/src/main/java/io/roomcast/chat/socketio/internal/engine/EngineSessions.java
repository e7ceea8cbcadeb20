package io.roomcast.chat.socketio.internal.engine;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.roomcast.chat.socketio.internal.channel.SecretIds;
import io.roomcast.chat.socketio.internal.http.ConnectionLog;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The sessions of one server, by their secret ids. Safe for use by any thread. */
public final class EngineSessions {
    private static final long LATE_POLL_MILLIS = 1_000;
    private static final long CHECK_NANOS = 5_000_000;

    private final Map<String, EngineSession> bySid = new ConcurrentHashMap<>();
    private final Map<String, EngineSession> awaitingPoll = new ConcurrentHashMap<>();
    private final Map<EventLoop, FlushConsolidator> flushes = new ConcurrentHashMap<>();
    private final SecretIds ids = new SecretIds();
    private final AtomicLong numbers = new AtomicLong();
    private final ConnectionLog log = new ConnectionLog();
    private final AtomicInteger webSockets = new AtomicInteger();
    private final LongAdder closedAsTooSlow = new LongAdder();
    private final EngineSettings settings;
    private final String sidPrefix;
    private final Consumer<CloseReason> onClose;

    /** Creates an empty registry without an observer. */
    public EngineSessions(EngineSettings settings) {
        this(settings, "", reason -> {});
    }

    /**
     * Creates an empty registry.
     *
     * @param sidPrefix the beginning of each {@code sid}, by which a proxy can find the server of a session; or empty
     * @param onClose called for each session that closes, on its event loop; must not block
     */
    public EngineSessions(EngineSettings settings, String sidPrefix, Consumer<CloseReason> onClose) {
        this.settings = settings;
        this.sidPrefix = sidPrefix;
        this.onClose = onClose;
    }

    EngineSettings settings() {
        return settings;
    }

    ConnectionLog log() {
        return log;
    }

    EngineSession create(Handshake handshake, EventLoop loop, Transport transport) {
        long number = numbers.incrementAndGet();
        EngineSession session = new EngineSession(sidPrefix.concat(newId()), number, handshake, loop, this, transport);
        bySid.put(session.sid(), session);
        return session;
    }

    /** Returns a new unguessable id. */
    public String newId() {
        return ids.next();
    }

    Optional<EngineSession> find(String sid) {
        EngineSession session = bySid.get(sid);
        return Optional.ofNullable(session == null ? awaitingPoll.get(sid) : session);
    }

    /** Keeps a session that its client closed, because an earlier poll may still arrive over another connection. */
    void awaitPoll(EngineSession session) {
        awaitingPoll.put(session.sid(), session);
        session.loop().schedule(() -> removeAwaitingPoll(session), LATE_POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    void removeAwaitingPoll(EngineSession session) {
        awaitingPoll.remove(session.sid());
    }

    void remove(EngineSession session, CloseReason reason) {
        bySid.remove(session.sid(), session);
        if (session.hasWebSocket()) {
            webSockets.decrementAndGet();
        }
        if (reason == CloseReason.TOO_SLOW) {
            closedAsTooSlow.increment();
        }
        reason.logTo(log);
        onClose.accept(reason);
    }

    /** Counts a session that uses a WebSocket from now on. */
    void countWebSocket() {
        webSockets.incrementAndGet();
    }

    /** Returns the number of sessions. */
    public int size() {
        return bySid.size();
    }

    /** Returns the number of sessions that use a WebSocket. */
    public int webSockets() {
        return webSockets.get();
    }

    /** Returns the number of sessions that poll. */
    public int polling() {
        return Math.max(0, size() - webSockets());
    }

    /** Returns the number of sessions that were closed because their clients read too slowly. */
    public long closedAsTooSlow() {
        return closedAsTooSlow.sum();
    }

    FlushConsolidator flushes(EventLoop loop) {
        return flushes.computeIfAbsent(loop, FlushConsolidator::new);
    }

    /**
     * Closes each session once its client has received the packets that were sent before. Blocks until all sessions are
     * closed, or until the timeout. Polling clients must fetch the packets.
     */
    public void closeAllWhenDrained(CloseReason reason, Duration timeout) {
        bySid.values().forEach(session -> session.loop().execute(() -> session.closeWhenDrained(reason)));
        long end = System.nanoTime() + timeout.toNanos();
        while (!bySid.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(CHECK_NANOS);
        }
    }

    /** Closes all sessions. Blocks until their last packets have been written. */
    public void closeAll(CloseReason reason) {
        bySid.values().stream()
                .map(session -> session.loop().submit(() -> session.close(reason)))
                .toList()
                .forEach(Future::awaitUninterruptibly);
        awaitResponses();
    }

    /** Waits until the event loops of the connections have written the responses to polls. */
    private void awaitResponses() {
        flushes.keySet().stream().map(loop -> loop.submit(() -> {})).toList().forEach(Future::awaitUninterruptibly);
    }
}
