package io.roomcast.chat.socketio.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.util.concurrent.ScheduledFuture;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.socketio.internal.Recovery.Recovered;
import io.roomcast.chat.socketio.internal.transport.CloseReason;
import io.roomcast.chat.socketio.internal.transport.EncodedPacket;
import io.roomcast.chat.socketio.internal.transport.EngineListener;
import io.roomcast.chat.socketio.internal.transport.EngineSession;
import io.roomcast.chat.socketio.internal.transport.EngineVersion;
import io.roomcast.chat.socketio.internal.wire.HandshakeDecoder;
import io.roomcast.chat.socketio.internal.wire.Json;
import io.roomcast.chat.socketio.internal.wire.Packets;
import io.roomcast.chat.socketio.internal.wire.SocketPacket;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import io.roomcast.chat.socketio.internal.wire.WireNames;
import io.roomcast.chat.spi.ChatMetrics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's Socket.IO connection: lets it in once, and then runs what it asks.
 *
 * <p>Confined to the event loop of its transport. Nothing but a CONNECT is heard before somebody is let in, and whoever
 * breaks the protocol is put out.
 */
final class ChatSocket implements EngineListener {
    private static final int CONNECT_SECONDS = 10;

    private enum State {
        NEW,
        CONNECTING,
        READY,
        DEAD
    }

    private final ChatService chat;
    private final EngineSession engine;
    private final ChatSockets sockets;
    private final Outbox outbox;
    private final CommandFlow flow;
    private final Recoverable recoverable;
    private final ScheduledFuture<?> deadline;
    private State state = State.NEW;

    @Nullable
    private SocketSession session;

    private Optional<Resume> resume = Optional.empty();
    private List<String> features = List.of();

    ChatSocket(ChatService chat, EngineSession engine, ChatSockets sockets) {
        this.chat = chat;
        this.engine = engine;
        this.sockets = sockets;
        this.outbox = new Outbox(engine);
        this.flow = new CommandFlow(engine, outbox, sockets.traffic());
        this.recoverable = sockets.recoverable(this::giveUp);
        this.deadline = engine.loop().schedule(this::refuse, CONNECT_SECONDS, TimeUnit.SECONDS);
        if (isLegacy()) {
            authenticate(engine.hello().token());
        }
    }

    /** Whether the client is of the age when the server spoke first, and the token came with the handshake. */
    private boolean isLegacy() {
        return engine.hello().version() == EngineVersion.V3;
    }

    private void authenticate(@Nullable String token) {
        state = State.CONNECTING;
        sockets.tokens().check(engine.hello().client(), token, new OnLoop());
    }

    @Override
    public void message(String text) {
        if (state != State.DEAD) {
            SocketPacket.parse(text).ifPresentOrElse(this::packet, this::refuse);
        }
    }

    private void packet(SocketPacket packet) {
        if (packet.type() == SocketPacket.Type.CONNECT) {
            connect(packet);
        } else if (state != State.READY || !packet.namespace().equals(SocketPacket.MAIN)) {
            refuse();
        } else if (packet.type() == SocketPacket.Type.EVENT) {
            event(packet);
        } else if (packet.type() == SocketPacket.Type.DISCONNECT) {
            end(false);
            engine.finish(CloseReason.CLIENT_LEFT);
        }
    }

    private void connect(SocketPacket packet) {
        if (!packet.namespace().equals(SocketPacket.MAIN)) {
            send(Packets.unknownNamespace(packet.namespace()));
            return;
        }
        Optional<JsonNode> auth = Json.parse(packet.data().isEmpty() ? "{}" : packet.data());
        if (state != State.NEW
                || packet.ackId() != null
                || auth.isEmpty()
                || !auth.get().isObject()) {
            refuse();
            return;
        }
        try {
            wishes(auth.get());
            authenticate(auth.get().path("token").textValue());
        } catch (ChatException malformed) {
            refuse();
        }
    }

    private void wishes(JsonNode auth) {
        resume = HandshakeDecoder.resume(auth, chat.limits().roomsPerSession());
        if (resume.isEmpty()) {
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
        begin(principal, recoverable.take(principal));
    }

    private void begin(Principal principal, Optional<Recovered> recovered) {
        String id = recovered.map(Recovered::id).orElseGet(sockets::newId);
        Replay replay = recovered.map(Recovered::replay).orElse(null);
        session = new SocketSession(id, principal, engine.loop(), outbox, this::expel, replay);
        boolean needsSecret = !isLegacy() && resume.isEmpty();
        resume = recovered.map(Recovered::known).or(() -> resume);
        boolean resumes = resume.filter(known -> !known.rooms().isEmpty()).isPresent();
        SessionStarted started = chat.open(session).granting(resumes, features);
        String secret = needsSecret ? recoverable.begin(session, started.epoch(), recovered, sockets::newId) : null;
        send(isLegacy() ? Packets.connectedLegacy() : Packets.connected(id, secret));
        send(Packets.event(started));
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
        if (state == State.CONNECTING) {
            end(false);
            send(isLegacy() ? Packets.deniedLegacy() : Packets.denied(refusal));
            engine.finish(CloseReason.REFUSED);
        }
    }

    private void event(SocketPacket packet) {
        Optional<JsonNode> data = Json.parse(packet.data());
        if (session == null || data.isEmpty() || !data.get().path(0).isTextual()) {
            refuse();
            return;
        }
        String name = data.get().path(0).textValue();
        JsonNode argument = data.get().path(1);
        Optional<WireCommand<?>> wire = WireNames.command(name);
        if (wire.isPresent()) {
            run(session, wire.get(), argument, packet.ackId());
        } else {
            fail(name, argument, packet.ackId());
        }
    }

    private <R> void run(SocketSession caller, WireCommand<R> wire, JsonNode argument, @Nullable String ackId) {
        Answer<R> answer = new Answer<>(flow, wire, argument, ackId);
        flow.begin();
        try {
            chat.execute(caller, wire.decoder().decode(argument), recoverable.noting(answer));
        } catch (ChatException refusal) {
            answer.failed(refusal);
        }
    }

    private void fail(String name, JsonNode argument, @Nullable String ackId) {
        ChatException refusal = ChatException.of(ErrorCode.NOT_SUPPORTED);
        send(Answer.failure(WireNames.CHAT_ERROR, name, refusal, argument, ackId));
        sockets.traffic().answered(ChatMetrics.UNKNOWN_EVENT, refusal.code());
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
