package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.socketio.internal.channel.EventLoops;
import io.roomcast.chat.socketio.internal.engine.CloseReason;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.internal.packet.ConnectRequest;
import io.roomcast.chat.socketio.internal.packet.Packets;
import io.roomcast.chat.socketio.internal.packet.SocketPacket;
import io.roomcast.chat.socketio.internal.recovery.ConnectionRecovery;
import io.roomcast.chat.socketio.internal.recovery.RestoredSession;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's Socket.IO connection: opens a session of the chat for an authenticated client, and dispatches its packets.
 *
 * <p>Confined to the event loop of its transport. Every event is answered. Until the session is open, all packets but
 * CONNECT are refused. Unreadable data never closes the connection here; only the transport does that.
 */
final class ChatSocket implements EngineListener, SocketHandshake.Listener {
    private static final Logger log = LoggerFactory.getLogger(ChatSocket.class);

    /** The states of a connection, with the names of Engine.IO's {@code readyState}. */
    private enum State {
        /** The client is not authenticated yet. */
        OPENING,
        /** The client has a session. */
        OPEN,
        /** The session has ended, and the transport still sends what was queued. */
        CLOSING,
        /** The transport is closed. */
        CLOSED
    }

    private final ChatEngine chat;
    private final EngineSession engine;
    private final ChatSockets sockets;
    private final OutboundQueue outbound;
    private final ReadBackpressure backpressure;
    private final InboundEvents events;
    private final ConnectionRecovery recovery;
    private final SocketHandshake handshake;
    private State state = State.OPENING;
    private final long openedNanos = System.nanoTime();
    private volatile long lastRequestNanos = openedNanos;

    @Nullable
    private SocketSession session;

    private int attachmentsDue;

    ChatSocket(ChatEngine chat, EngineSession engine, ChatSockets sockets) {
        this.chat = chat;
        this.engine = engine;
        this.sockets = sockets;
        this.outbound = new OutboundQueue(engine);
        this.backpressure = new ReadBackpressure(engine, outbound, sockets.counters());
        this.recovery = sockets.recovery(this::evict);
        this.events = new InboundEvents(
                chat, sockets.events(), backpressure, outbound, recovery, sockets.counters(), sockets.links());
        this.handshake = new SocketHandshake(engine, recovery, sockets.tokens(), this);
        if (handshake.isLegacy()) {
            handshake.startLegacy();
        }
    }

    /** Receives a text packet. Attachments that are due will not follow after it. */
    @Override
    public void message(String text) {
        if (!hasEnded()) {
            attachmentsDue = 0;
            SocketPacket.parse(text)
                    .ifPresentOrElse(this::dispatch, () -> events.refuse(ChatException.invalid("packet")));
        }
    }

    /** Counts and drops an attachment. The event that it belongs to was refused. */
    @Override
    public boolean binary(byte[] content) {
        if (attachmentsDue > 0) {
            attachmentsDue--;
        } else if (!hasEnded()) {
            events.refuse(ChatException.invalid("attachments"));
        }
        return true;
    }

    /** Refuses a message that exceeds the maximum packet size. Reads only its beginning. */
    @Override
    public boolean tooLarge(String head) {
        if (hasEnded()) {
            return true;
        }
        Optional<SocketPacket> packet = SocketPacket.parse(head);
        attachmentsDue = packet.map(SocketPacket::attachments).orElse(0);
        if (!handshake.isStarted() && isConnect(head, packet)) {
            handshake.refuse(ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE));
        } else {
            packet.ifPresentOrElse(
                    this::refuseLarge, () -> events.refuse(ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE)));
        }
        return true;
    }

    /** Returns whether a large message connects to the chat. Without a beginning, it is assumed to be a CONNECT. */
    private static boolean isConnect(String head, Optional<SocketPacket> packet) {
        return packet.map(read -> read.type() == SocketPacket.Type.CONNECT && read.isForMain())
                .orElse(head.isEmpty());
    }

    private void refuseLarge(SocketPacket packet) {
        switch (packet.type()) {
            case CONNECT -> events.refuse(ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE));
            case DISCONNECT -> disconnect(packet);
            case EVENT -> {
                ErrorCode code = session == null ? ErrorCode.UNAUTHENTICATED : ErrorCode.PAYLOAD_TOO_LARGE;
                events.refuseLarge(packet, ChatException.of(code));
            }
            case ACK -> {
                // the server's events request no acks
            }
        }
    }

    private void dispatch(SocketPacket packet) {
        attachmentsDue = packet.attachments();
        switch (packet.type()) {
            case CONNECT -> connect(packet);
            case DISCONNECT -> disconnect(packet);
            case EVENT -> event(packet);
            case ACK -> {
                // the server's events request no acks
            }
        }
    }

    private void disconnect(SocketPacket packet) {
        if (packet.isForMain()) {
            end(DisconnectReason.CLIENT);
            engine.closeWhenDrained(CloseReason.CLIENT_LEFT);
        }
    }

    private void event(SocketPacket packet) {
        if (session == null) {
            events.refuse(packet, ChatException.of(ErrorCode.UNAUTHENTICATED));
        } else if (!packet.isForMain()) {
            events.refuse(packet, ChatException.invalid("namespace"));
        } else {
            lastRequestNanos = System.nanoTime();
            events.run(session, packet);
        }
    }

    private void connect(SocketPacket packet) {
        boolean isLegacy = handshake.isLegacy();
        if (!packet.isForMain()) {
            String namespace = packet.namespace();
            send(isLegacy ? Packets.unknownNamespaceLegacy(namespace) : Packets.unknownNamespace(namespace));
        } else if (!handshake.isStarted()) {
            handshake.start(packet.data(), chat.limits().roomsPerSession());
        } else if (state == State.OPEN && !isLegacy) {
            events.refuse(ChatException.of(ErrorCode.CONFLICT));
        }
    }

    @Override
    public void authenticated(Principal principal) {
        if (!sockets.add(this, principal)) {
            recovery.returnSession();
            handshake.refuse(ChatException.of(ErrorCode.RATE_LIMITED));
            return;
        }
        state = State.OPEN;
        handshake.end();
        try {
            open(principal, handshake.request());
        } catch (RuntimeException fault) {
            log.error("could not open a session: {}", fault.getClass().getName());
            end(DisconnectReason.SERVER);
            engine.closeWhenDrained(CloseReason.BUSY);
        }
    }

    private void open(Principal principal, ConnectRequest request) {
        Optional<RestoredSession> restored = recovery.restoreSession(request.recovery());
        String id = restored.map(RestoredSession::id).orElseGet(sockets::newId);
        SocketSession opened =
                new SocketSession(id, principal, engine.loop(), outbound, recovery, this::surplusRank, this::revoke);
        session = opened;
        log.debug("session {}: authenticated user {}", id, principal.userId());
        Optional<Resume> resume = restored.map(RestoredSession::positions).or(request::resume);
        boolean resumesRooms = resume.filter(known -> !known.rooms().isEmpty()).isPresent();
        SessionStarted started = chat.open(opened).granting(resumesRooms, features(request));
        acknowledge(opened, started, request, restored);
        if (!request.resumesAll()) {
            send(Packets.event(new SyncRequired(null, SyncRequired.Reason.GAP)));
        }
        // Last, because missed messages must not reach the client before its CONNECT is acknowledged.
        resume.ifPresent(known -> resume(opened, known, restored.isPresent()));
    }

    /** Acknowledges the CONNECT packet, with a secret id if the client can recover the session. */
    private void acknowledge(
            SocketSession opened, SessionStarted started, ConnectRequest request, Optional<RestoredSession> restored) {
        Optional<String> pid = handshake.isLegacy() || request.resume().isPresent()
                ? Optional.empty()
                : recovery.startRecording(opened, started.epoch(), restored, sockets::newId);
        send(handshake.isLegacy() ? Packets.connectedLegacy() : Packets.connected(opened.id(), pid.orElse(null)));
        send(Packets.event(started));
    }

    private void resume(SocketSession opened, Resume known, boolean isRecovered) {
        log.debug(
                "session {}: {} {} rooms",
                opened.id(),
                isRecovered ? "recovered" : "resumes",
                known.rooms().size());
        chat.resume(opened, known);
    }

    /** Returns the optional features of the session. A batch joins packets without offsets, so recovery excludes it. */
    private List<String> features(ConnectRequest request) {
        if (!request.acceptsBatches() || recovery.isEnabled()) {
            return List.of();
        }
        outbound.batchMessages();
        return List.of(Packets.MESSAGES_BATCH);
    }

    /** Closes the connection after the chat has ended the session and has notified the client. */
    private void revoke() {
        if (state == State.OPEN) {
            end(DisconnectReason.SERVER);
            engine.closeWhenDrained(CloseReason.REVOKED);
        }
    }

    /** Ends the session because its client recovers it on another connection. Called by any thread. */
    private void evict(Runnable then) {
        boolean accepted = EventLoops.tryExecute(engine.loop(), () -> {
            end(DisconnectReason.EVICTED);
            engine.closeWhenDrained(CloseReason.CLIENT_LEFT);
            then.run();
        });
        if (!accepted) {
            then.run();
        }
    }

    @Override
    public void refused() {
        end(DisconnectReason.SERVER);
    }

    /**
     * Returns a higher rank for a session whose last request was earlier, or for a newer one if these are refused. It is a
     * point in time, because nodes compare ranks that they do not find at the same moment.
     */
    private long surplusRank() {
        return sockets.refusesSurplus() ? microsOf(openedNanos) : -microsOf(lastRequestNanos);
    }

    /** Returns the time of a past {@link System#nanoTime}, in microseconds since the epoch. */
    private static long microsOf(long nanoTime) {
        long ago = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - nanoTime);
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - ago;
    }

    /** Returns the time since the client's last request. Called by any thread. */
    long idleNanos() {
        return System.nanoTime() - lastRequestNanos;
    }

    /** Ends the session because its user has too many. Called by any thread. */
    void endSurplus() {
        EventLoops.tryExecute(engine.loop(), () -> {
            if (state == State.OPEN) {
                send(Packets.event(new SessionRevoked(SessionRevoked.Reason.TOO_MANY_SESSIONS)));
                send(Packets.disconnected());
                revoke();
            }
        });
    }

    private void send(EncodedPacket packet) {
        outbound.send(packet);
        packet.release();
    }

    /**
     * Announces to the client that the server will stop. Called by any thread.
     *
     * @return the random time within the window after which the client should reconnect
     */
    Duration announceDrain(Duration window) {
        Duration reconnectIn = Duration.ofMillis(ThreadLocalRandom.current().nextLong(window.toMillis() + 1));
        backpressure.send(Packets.draining(reconnectIn, window));
        return reconnectIn;
    }

    /**
     * Closes the transport once no command is running. Sends no DISCONNECT packet, after which clients do not reconnect.
     * Called by any thread.
     */
    void leave() {
        backpressure.whenIdle(() -> engine.closeWhenDrained(CloseReason.SERVER_STOPPING));
    }

    /** Requests the client to synchronize, because the transport dropped packets that it did not receive in time. */
    @Override
    public void packetsDropped() {
        sockets.counters().slowClient();
        recovery.invalidate();
        send(Packets.event(new SyncRequired(null, SyncRequired.Reason.SLOW_CLIENT)));
    }

    private boolean hasEnded() {
        return state == State.CLOSING || state == State.CLOSED;
    }

    private void end(DisconnectReason reason) {
        if (hasEnded()) {
            return;
        }
        state = State.CLOSING;
        handshake.end();
        if (session != null) {
            close(session, reason);
        }
    }

    private void close(SocketSession open, DisconnectReason reason) {
        // In this order, because a room that is no longer pending is one that the chat has rejoined.
        Set<String> rooms = new HashSet<>(recovery.pendingRooms());
        rooms.addAll(chat.close(open));
        if (reason.isRecoverable()) {
            recovery.persistSession(rooms);
        } else {
            recovery.discardSession();
        }
        sockets.remove(this, open.principal());
        log.debug("session {}: closed, was in {} rooms: {}", open.id(), rooms.size(), reason);
    }

    @Override
    public void closed() {
        end(DisconnectReason.TRANSPORT);
        state = State.CLOSED;
    }
}
