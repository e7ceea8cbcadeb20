package io.roomcast.chat.socketio.internal.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.util.concurrent.ScheduledFuture;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.socketio.internal.engine.CloseReason;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.internal.engine.EngineVersion;
import io.roomcast.chat.socketio.internal.recovery.RecoverableConnection;
import io.roomcast.chat.socketio.internal.recovery.RecoveryRegistry.Recovered;
import io.roomcast.chat.socketio.internal.recovery.Replay;
import io.roomcast.chat.socketio.internal.wire.HandshakeDecoder;
import io.roomcast.chat.socketio.internal.wire.HandshakeDecoder.Wanted;
import io.roomcast.chat.socketio.internal.wire.Packets;
import io.roomcast.chat.socketio.internal.wire.SocketPacket;
import io.roomcast.chat.socketio.internal.wire.WireNames;
import io.roomcast.chat.socketio.internal.wire.WireTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles one client's Socket.IO connection: admits the client once, and then runs its commands.
 *
 * <p>Confined to the event loop of its transport. Every packet is answered. Before the client is admitted, every packet
 * but CONNECT is refused. Only the transport closes a connection because of unreadable data.
 */
final class ChatSocket implements EngineListener {
    private static final Logger log = LoggerFactory.getLogger(ChatSocket.class);
    private static final int CONNECT_SECONDS = 10;
    private static final Duration MOST_WAIT = Duration.ofSeconds(5);

    private enum State {
        NEW,
        CONNECTING,
        READY,
        DEAD
    }

    private final ChatService chat;
    private final EngineSession engine;
    private final ChatSockets sockets;
    private final OutboundQueue outbox;
    private final ReadBackpressure flow;
    private final InboundEvents events;
    private final RecoverableConnection recoverable;
    private final ScheduledFuture<?> deadline;
    private State state = State.NEW;
    private volatile long lastAsked = System.nanoTime();

    @Nullable
    private SocketSession session;

    private Optional<Resume> resume = Optional.empty();
    private boolean resumesAll = true;
    private int attachmentsDue;
    private List<String> features = List.of();

    ChatSocket(ChatService chat, EngineSession engine, ChatSockets sockets) {
        this.chat = chat;
        this.engine = engine;
        this.sockets = sockets;
        this.outbox = new OutboundQueue(engine);
        this.flow = new ReadBackpressure(engine, outbox, sockets.traffic());
        this.recoverable = sockets.recoverable(this::giveUp);
        this.events = new InboundEvents(chat, flow, outbox, recoverable, sockets.traffic());
        this.deadline = engine.loop().schedule(this::refuse, CONNECT_SECONDS, TimeUnit.SECONDS);
        if (isLegacy()) {
            state = State.CONNECTING;
            engine.endHandshake();
            check(engine.hello().token());
        }
    }

    /** Whether the client is of the age when the server spoke first, and the token came with the handshake. */
    private boolean isLegacy() {
        return engine.hello().version() == EngineVersion.V3;
    }

    /** Receives a packet. A text packet where attachments are due means that no more of them will arrive. */
    @Override
    public void message(String text) {
        if (state != State.DEAD) {
            attachmentsDue = 0;
            SocketPacket.parse(text)
                    .ifPresentOrElse(this::packet, () -> events.refuse(ChatException.invalid("packet")));
        }
    }

    /** Counts and drops an attachment, because the event that it belongs to was refused. */
    @Override
    public boolean bytes(byte[] content) {
        if (attachmentsDue > 0) {
            attachmentsDue--;
        } else if (state != State.DEAD) {
            events.refuse(ChatException.invalid("attachments"));
        }
        return true;
    }

    /**
     * Answers a message that is larger than a packet may be, by its beginning alone. Before the client is admitted, only
     * its CONNECT can be that large.
     */
    @Override
    public boolean tooLarge(String head) {
        if (state == State.DEAD) {
            return true;
        }
        Optional<SocketPacket> packet = SocketPacket.parse(head);
        attachmentsDue = packet.map(SocketPacket::attachments).orElse(0);
        boolean isConnect =
                packet.map(read -> read.type() == SocketPacket.Type.CONNECT).orElse(head.isEmpty());
        if (isConnect
                && state == State.NEW
                && packet.map(SocketPacket::isForMain).orElse(true)) {
            state = State.CONNECTING;
            deny(ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE));
        } else {
            packet.ifPresentOrElse(
                    this::refuseLarge, () -> events.refuse(ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE)));
        }
        return true;
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
                // no event of the server's asks for one
            }
        }
    }

    private void packet(SocketPacket packet) {
        attachmentsDue = packet.attachments();
        switch (packet.type()) {
            case CONNECT -> connect(packet);
            case DISCONNECT -> disconnect(packet);
            case EVENT -> event(packet);
            case ACK -> {
                // no event of the server's asks for one
            }
        }
    }

    private void disconnect(SocketPacket packet) {
        if (packet.isForMain()) {
            end(false);
            engine.finish(CloseReason.CLIENT_LEFT);
        }
    }

    private void event(SocketPacket packet) {
        if (session == null) {
            events.refuse(packet, ChatException.of(ErrorCode.UNAUTHENTICATED));
        } else if (!packet.isForMain()) {
            events.refuse(packet, ChatException.invalid("namespace"));
        } else {
            lastAsked = System.nanoTime();
            events.run(session, packet);
        }
    }

    private void connect(SocketPacket packet) {
        if (!packet.isForMain()) {
            String namespace = packet.namespace();
            send(isLegacy() ? Packets.unknownNamespaceLegacy(namespace) : Packets.unknownNamespace(namespace));
        } else if (state == State.NEW) {
            authenticate(packet.data());
        } else if (state == State.READY && !isLegacy()) {
            events.refuse(ChatException.of(ErrorCode.CONFLICT));
        }
    }

    private void authenticate(String data) {
        Optional<JsonNode> auth = HandshakeDecoder.auth(data);
        state = State.CONNECTING;
        engine.endHandshake();
        if (auth.isEmpty()) {
            deny(ChatException.invalid("auth"));
            return;
        }
        wishes(auth.get());
        check(auth.get().path("token").textValue());
    }

    private void check(@Nullable String token) {
        sockets.tokens().check(engine.hello().client(), engine.hello().address(), token, new OnLoop());
    }

    private void wishes(JsonNode auth) {
        Optional<Wanted> wanted = HandshakeDecoder.resume(auth, chat.limits().roomsPerSession());
        resume = wanted.map(Wanted::known);
        resumesAll = wanted.map(Wanted::isComplete).orElse(true);
        if (wanted.isEmpty()) {
            recoverable.claim(auth);
        }
        // A batch is made of packets that have no offset.
        if (HandshakeDecoder.takesBatches(auth) && !recoverable.isOn()) {
            outbox.gather();
            features = List.of(WireNames.MESSAGES_BATCH);
        }
    }

    private void enter(Principal principal) {
        if (state != State.CONNECTING) {
            return;
        }
        if (!sockets.enter(this, principal)) {
            deny(ChatException.of(ErrorCode.RATE_LIMITED));
            return;
        }
        state = State.READY;
        deadline.cancel(false);
        try {
            begin(principal, recoverable.take(principal));
        } catch (RuntimeException fault) {
            log.error("a session cannot begin: {}", fault.getClass().getName());
            end(false);
            engine.finish(CloseReason.BUSY);
        }
    }

    private void begin(Principal principal, Optional<Recovered> recovered) {
        String id = recovered.map(Recovered::id).orElseGet(sockets::newId);
        Replay replay = recovered.map(Recovered::replay).orElse(null);
        session = new SocketSession(id, principal, engine.loop(), outbox, this::expel, replay);
        boolean needsSecret = !isLegacy() && resume.isEmpty();
        resume = recovered.map(Recovered::known).or(() -> resume);
        boolean resumes = resume.filter(known -> !known.rooms().isEmpty()).isPresent();
        SessionStarted started = chat.open(session).granting(resumes, features);
        String secret = needsSecret
                ? recoverable.begin(session, outbox::follow, started.epoch(), recovered, sockets::newId)
                : null;
        send(isLegacy() ? Packets.connectedLegacy() : Packets.connected(id, secret));
        send(Packets.event(started));
        if (!resumesAll) {
            send(Packets.event(new SyncRequired(null, SyncRequired.Reason.GAP)));
        }
        resume(session);
    }

    /** Called by any thread, once no other connection has the session that the client wants back. */
    private void admit(Principal principal) {
        if (engine.loop().inEventLoop()) {
            enter(principal);
        } else {
            engine.loop().execute(() -> enter(principal));
        }
    }

    /** The chat has ended the session, and told the client so. */
    private void expel() {
        if (state == State.READY) {
            end(false);
            engine.finish(CloseReason.REVOKED);
        }
    }

    /** Comes last, as what it tells must not reach the client before it knows that it is let in. */
    private void resume(SocketSession admitted) {
        resume.ifPresent(known -> chat.resume(admitted, known));
        resume = Optional.empty();
    }

    /** Ends the session because its client has come by another connection; called by any thread. */
    void giveUp(Runnable then) {
        try {
            engine.loop().execute(() -> {
                end(true);
                engine.finish(CloseReason.CLIENT_LEFT);
                then.run();
            });
        } catch (RejectedExecutionException stopped) {
            then.run();
        }
    }

    private void deny(ChatException refusal) {
        if (state != State.CONNECTING) {
            return;
        }
        end(false);
        if (isPassing(refusal)) {
            long wait = refusal.retryAfter().map(ChatSocket::bounded).orElse(0L);
            engine.loop().schedule(() -> engine.finish(CloseReason.BUSY), wait, TimeUnit.MILLISECONDS);
            return;
        }
        send(isLegacy() ? Packets.deniedLegacy() : Packets.denied(refusal));
        send(Packets.disconnected());
        boolean isTooLarge = refusal.code() == ErrorCode.PAYLOAD_TOO_LARGE;
        engine.finish(isTooLarge ? CloseReason.TOO_LARGE : CloseReason.REFUSED);
    }

    /**
     * Returns whether the same handshake may succeed later, so that the connection ends without a CONNECT_ERROR.
     * Clients reconnect by themselves then, but not after a CONNECT_ERROR. An expired token is reported, because only
     * the front end can renew it.
     */
    private static boolean isPassing(ChatException refusal) {
        return refusal.code().retryable() && refusal.code() != ErrorCode.TOKEN_EXPIRED;
    }

    private static long bounded(Duration wait) {
        return Math.min(WireTime.millis(wait), MOST_WAIT.toMillis());
    }

    /** Returns the time since the client's last request; called by any thread. */
    long idleNanos() {
        return System.nanoTime() - lastAsked;
    }

    /** Ends the session to make room for another one of its user; called by any thread. */
    void giveWay() {
        engine.loop().execute(() -> {
            if (state == State.READY) {
                send(Packets.event(new SessionRevoked(SessionRevoked.TOO_MANY_SESSIONS, false)));
                send(Packets.disconnected());
                expel();
            }
        });
    }

    private void send(EncodedPacket packet) {
        outbox.send(packet);
        packet.release();
    }

    private void refuse() {
        engine.close(CloseReason.REFUSED);
    }

    /** Tells the client that the server is about to stop; called by any thread. */
    void announceDrain(Duration reconnectIn, Duration window) {
        flow.send(Packets.draining(reconnectIn, window));
    }

    @Override
    public void missed() {
        sockets.traffic().slowed();
        recoverable.breakOff();
        send(Packets.event(new SyncRequired(null, SyncRequired.Reason.SLOW_CLIENT)));
    }

    private void end(boolean mayComeBack) {
        if (state == State.DEAD) {
            return;
        }
        state = State.DEAD;
        deadline.cancel(false);
        if (session != null) {
            // In this order, as one that is not awaited any more is a room that it is in.
            Set<String> rooms = new HashSet<>(session.awaited());
            rooms.addAll(chat.close(session));
            recoverable.end(rooms, mayComeBack);
            sockets.leave(this, session.principal());
        }
    }

    @Override
    public void closed() {
        end(true);
    }

    /** Carries an authenticator's answer to the event loop. */
    private final class OnLoop implements Reply<Principal> {
        @Override
        public void succeeded(Principal principal) {
            engine.loop().execute(() -> recoverable.vacate(principal, () -> admit(principal)));
        }

        @Override
        public void failed(ChatException refusal) {
            engine.loop().execute(() -> deny(refusal));
        }
    }
}
