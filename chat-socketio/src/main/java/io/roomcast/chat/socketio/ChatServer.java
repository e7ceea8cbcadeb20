package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.socketio.internal.api.DrainGuard;
import io.roomcast.chat.socketio.internal.engine.CloseReason;
import io.roomcast.chat.socketio.internal.engine.EngineSessions;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.internal.netty.NettyServer;
import io.roomcast.chat.socketio.internal.socket.ChatSockets;
import io.roomcast.chat.socketio.internal.socket.RequestCounters;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chat server for Socket.IO clients, with the same chat over HTTP on the same port.
 *
 * <p>Everything has a default: {@code ChatServer.builder().build().start()} listens on loopback, port
 * {@value ChatServerBuilder#DEFAULT_PORT}, and keeps messages in memory. A server starts once and stops once. Safe for
 * use by any thread.
 */
public final class ChatServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChatServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long polling clients may take to fetch the announcement, perhaps over new connections. */
    private static final Duration POLL_WINDOW = Duration.ofSeconds(2);

    private static final Duration RECONNECT_WINDOW = Duration.ofSeconds(5);

    private enum State {
        BUILT,
        STARTED,
        STOPPED
    }

    private final ChatService chat;
    private final ChatSockets sockets;
    private final EngineSessions sessions;
    private final RequestCounters traffic;
    private final RejectionLog refusals;
    private final DrainGuard drain;
    private final NettyServer server;
    private final Optional<ServerTls> tls;
    private final String exposure;
    private volatile State state = State.BUILT;
    private volatile int port;

    ChatServer(
            ChatService chat,
            ChatSockets sockets,
            EngineSessions sessions,
            RequestCounters traffic,
            RejectionLog refusals,
            DrainGuard drain,
            NettyServer server,
            Optional<ServerTls> tls,
            String exposure) {
        this.chat = chat;
        this.sockets = sockets;
        this.sessions = sessions;
        this.traffic = traffic;
        this.refusals = refusals;
        this.drain = drain;
        this.server = server;
        this.tls = tls;
        this.exposure = exposure;
    }

    /** A builder for a server; everything has a default. */
    public static ChatServerBuilder builder() {
        return new ChatServerBuilder();
    }

    /**
     * Listens from now on. Blocks until the port is bound.
     *
     * @return this server
     * @throws IllegalStateException if the port cannot be bound, when the server is closed as well; or if it was
     *     started before
     */
    public synchronized ChatServer start() {
        if (state != State.BUILT) {
            throw new IllegalStateException("a server starts once (it is " + state + ")");
        }
        try {
            port = server.bind();
        } catch (IllegalStateException unbound) {
            state = State.STOPPED;
            chat.close(Duration.ZERO);
            throw unbound;
        }
        state = State.STARTED;
        tls.ifPresent(ServerTls::start);
        if (!exposure.isEmpty()) {
            log.warn(exposure);
        }
        log.info("listening on port {}", port);
        return this;
    }

    /**
     * The port that the server listens on, also where it was built with port 0.
     *
     * @throws IllegalStateException before the start
     */
    public int port() {
        if (state == State.BUILT) {
            throw new IllegalStateException("the server has no port before it is started");
        }
        return port;
    }

    /** The chat itself, for the host's own messages, conversations and members. */
    public ChatService chat() {
        return chat;
    }

    /** What the server has to do now, and has done since it was built. Cheap; never blocks. */
    public ServerStats stats() {
        return new ServerStats(
                sessions.polling(),
                sessions.webSockets(),
                traffic.events(),
                traffic.refusals(),
                refusals.count(),
                traffic.slowClients(),
                sessions.tooSlow(),
                chat.stats());
    }

    /** Stops as {@link #stop} does, with five seconds of patience. */
    @Override
    public void close() {
        stop(PATIENCE);
    }

    /**
     * Stops the server. Refuses new sessions and requests, sends the outstanding answers, announces the stop to every
     * client, and closes the store. Polling clients have two seconds to fetch the announcement. Blocks; a second call
     * does nothing.
     *
     * @param patience how long running commands may still take
     */
    public synchronized void stop(Duration patience) {
        if (requireNonNull(patience, "patience").isNegative()) {
            throw new IllegalArgumentException("patience: " + patience + " (expected: zero or more)");
        }
        if (state == State.STARTED) {
            step(drain::close);
        }
        if (state == State.STARTED && sessions.polling() == 0) {
            step(server::unbind);
        }
        if (state != State.STOPPED) {
            step(() -> chat.close(patience));
            step(() -> sockets.announceDrain(RECONNECT_WINDOW));
            step(() -> sessions.finishAll(CloseReason.SERVER_STOPPING, POLL_WINDOW));
            step(server::unbind);
            step(() -> sessions.closeAll(CloseReason.SERVER_STOPPING));
            step(server::stop);
            step(() -> tls.ifPresent(ServerTls::stop));
            state = State.STOPPED;
            log.info("stopped");
        }
    }

    /**
     * Runs one step of the shutdown. An exception does not prevent the next step, so that no server stays half open.
     */
    private static void step(Runnable step) {
        try {
            step.run();
        } catch (Throwable failure) {
            log.error("a step of the stop failed", failure);
        }
    }
}
