package io.roomcast.chat.socketio.internal.socket;

import io.netty.util.concurrent.ScheduledFuture;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.internal.channel.EventLoops;
import io.roomcast.chat.socketio.internal.engine.CloseReason;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.internal.engine.EngineVersion;
import io.roomcast.chat.socketio.internal.json.WireTime;
import io.roomcast.chat.socketio.internal.packet.ConnectRequest;
import io.roomcast.chat.socketio.internal.packet.HandshakeDecoder;
import io.roomcast.chat.socketio.internal.packet.Packets;
import io.roomcast.chat.socketio.internal.recovery.ConnectionRecovery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates the client of one connection, once: reads its CONNECT packet, checks the token, and reports the outcome.
 *
 * <p>Confined to the connection's event loop. Closes the connection of a client that does not connect within {@value
 * #TIMEOUT_SECONDS} seconds.
 */
final class SocketHandshake {
    private static final int TIMEOUT_SECONDS = 10;
    private static final Duration MAX_CLOSE_DELAY = Duration.ofSeconds(5);

    private final EngineSession engine;
    private final ConnectionRecovery recovery;
    private final TokenChecks tokens;
    private final Listener listener;
    private final ScheduledFuture<?> timeout;
    private boolean isStarted;
    private boolean isEnded;
    private ConnectRequest request = ConnectRequest.ofToken(null);

    /** Receives the outcome, on the event loop. */
    interface Listener {
        /** The token is valid, and no other connection has the session that the client wants to recover. */
        void authenticated(Principal principal);

        /** The client is refused. The handshake reports the refusal to the client and closes the connection. */
        void refused();
    }

    /** Waits for the client's CONNECT packet. */
    SocketHandshake(EngineSession engine, ConnectionRecovery recovery, TokenChecks tokens, Listener listener) {
        this.engine = engine;
        this.recovery = recovery;
        this.tokens = tokens;
        this.listener = listener;
        this.timeout =
                engine.loop().schedule(() -> engine.close(CloseReason.REFUSED), TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns whether the client uses protocol version 4, in which the token is in the URL and not in the CONNECT. */
    boolean isLegacy() {
        return engine.handshake().version() == EngineVersion.V3;
    }

    /** Returns whether the CONNECT packet has arrived. */
    boolean isStarted() {
        return isStarted;
    }

    /** Returns the client's request; without a resume, recovery or feature before the CONNECT packet has arrived. */
    ConnectRequest request() {
        return request;
    }

    /** Authenticates a legacy client, which sends no CONNECT packet. */
    void startLegacy() {
        start();
        check(engine.handshake().token());
    }

    /**
     * Authenticates a client by its CONNECT packet.
     *
     * @param data the JSON of the packet
     * @param maxRooms the maximum number of rooms to resume
     */
    void start(String data, int maxRooms) {
        Optional<ConnectRequest> decoded = HandshakeDecoder.decode(data, maxRooms);
        start();
        if (decoded.isPresent()) {
            request = decoded.get();
            check(request.token());
        } else {
            refuse(ChatException.invalid("auth"));
        }
    }

    private void start() {
        isStarted = true;
        engine.lowerPacketLimit();
    }

    private void check(@Nullable String token) {
        tokens.check(engine.handshake().client(), engine.handshake().address(), token, new Outcome());
    }

    /** Ends the handshake: later outcomes and the timeout have no effect. */
    void end() {
        isEnded = true;
        timeout.cancel(false);
    }

    private void authenticated(Principal principal) {
        if (isEnded) {
            recovery.returnSession();
        } else {
            listener.authenticated(principal);
        }
    }

    /** Refuses the client and closes the connection. Does nothing after the end. */
    void refuse(ChatException refusal) {
        isStarted = true;
        if (isEnded) {
            return;
        }
        end();
        listener.refused();
        if (isTemporary(refusal)) {
            long delay = refusal.retryAfter().map(SocketHandshake::closeDelay).orElse(0L);
            engine.loop().schedule(() -> engine.closeWhenDrained(CloseReason.BUSY), delay, TimeUnit.MILLISECONDS);
            return;
        }
        send(isLegacy() ? Packets.deniedLegacy() : Packets.denied(refusal));
        send(Packets.disconnected());
        boolean isTooLarge = refusal.code() == ErrorCode.PAYLOAD_TOO_LARGE;
        engine.closeWhenDrained(isTooLarge ? CloseReason.TOO_LARGE : CloseReason.REFUSED);
    }

    /**
     * Returns whether the same handshake may succeed later, so that the connection is closed without a CONNECT_ERROR.
     * Clients then reconnect automatically, but not after a CONNECT_ERROR. An expired token is reported, because only
     * the front end can renew it.
     */
    private static boolean isTemporary(ChatException refusal) {
        return refusal.code().retryable() && refusal.code() != ErrorCode.TOKEN_EXPIRED;
    }

    private static long closeDelay(Duration retryAfter) {
        return Math.min(WireTime.millis(retryAfter), MAX_CLOSE_DELAY.toMillis());
    }

    private void send(EncodedPacket packet) {
        engine.send(packet);
        packet.release();
    }

    /** Moves the outcome of a token check to the event loop. Drops it if the server has stopped. */
    private final class Outcome implements Reply<Principal> {
        @Override
        public void succeeded(Principal principal) {
            EventLoops.tryExecute(
                    engine.loop(),
                    () -> recovery.findSession(request.recovery(), principal, () -> sessionFound(principal)));
        }

        @Override
        public void failed(ChatException refusal) {
            EventLoops.tryExecute(engine.loop(), () -> refuse(refusal));
        }
    }

    /** Called by any thread. */
    private void sessionFound(Principal principal) {
        if (engine.loop().inEventLoop()) {
            authenticated(principal);
        } else {
            EventLoops.tryExecute(engine.loop(), () -> authenticated(principal));
        }
    }
}
