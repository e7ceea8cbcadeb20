package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.socketio.internal.ServerRuntime;
import io.roomcast.chat.socketio.internal.settings.ServerConfiguration;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chat server for Socket.IO clients. The same port serves the chat over HTTP.
 *
 * <p>Every setting has a default. {@code ChatServer.builder().build().start()} listens on loopback, port
 * {@value ChatServerBuilder#DEFAULT_PORT}, and keeps messages in memory. A production server needs at least a store, an
 * authenticator, and TLS, of its own or of a proxy in front of it:
 *
 * <pre>{@code
 * ChatServer server = ChatServer.builder()
 *         .store(MongoChatStore.connect("mongodb://db.example.com/chat?replicaSet=rs0"))
 *         .authenticator(token -> Principal.of(verify(token)))
 *         .accessPolicy(AccessPolicy.membersOnly())
 *         .allowedOrigins("https://app.example.com")
 *         .build()
 *         .start();
 * Runtime.getRuntime().addShutdownHook(new Thread(server::close));
 * }</pre>
 *
 * <p>A server starts once and stops once. Safe for use by any thread.
 */
public final class ChatServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChatServer.class);
    private static final int CLOSE_SECONDS = 5;

    private enum State {
        BUILT,
        STARTED,
        STOPPED
    }

    private final ServerConfiguration configuration;
    private final ServerRuntime runtime;
    private volatile State state = State.BUILT;
    private volatile int port;

    ChatServer(ServerConfiguration configuration, ServerRuntime runtime) {
        this.configuration = configuration;
        this.runtime = runtime;
    }

    /** Returns a builder with the default of every setting. */
    public static ChatServerBuilder builder() {
        return new ChatServerBuilder();
    }

    /**
     * Starts listening. Blocks until the port is bound. Logs the port, the configuration in force, and a line for each
     * protection that is off.
     *
     * @return this server
     * @throws IllegalStateException if the port cannot be bound, which also closes the server; or if the server was
     *     started before
     */
    public synchronized ChatServer start() {
        if (state != State.BUILT) {
            throw new IllegalStateException("a server starts once (it is " + state + ")");
        }
        try {
            port = runtime.start();
        } catch (IllegalStateException unbound) {
            state = State.STOPPED;
            throw unbound;
        }
        state = State.STARTED;
        logStart();
        return this;
    }

    private void logStart() {
        log.info("listening on port {}", port);
        log.info("configuration: transport={}, {}", runtime.transport(), configuration);
        boolean isLoopback = configuration.isLoopback();
        for (String opening : configuration.openings()) {
            if (isLoopback) {
                log.info("{}", opening);
            } else {
                log.warn("{}", opening);
            }
        }
    }

    /**
     * Returns the port that the server listens on. If the server was built with port 0, returns the port that the
     * system chose.
     *
     * @throws IllegalStateException if the server was not started
     */
    public int port() {
        if (state == State.BUILT) {
            throw new IllegalStateException("the server has no port before it is started");
        }
        return port;
    }

    /** Returns the chat, with which the host sends messages and manages conversations and members. */
    public ChatService chat() {
        return runtime.chat();
    }

    /** Returns the current load, and the totals since the server was built. Cheap; never blocks. */
    public ServerStats stats() {
        return new ServerStats(
                runtime.sessions().polling(),
                runtime.sessions().webSockets(),
                runtime.requests().events(),
                runtime.requests().refusals(),
                runtime.rejections().count(),
                runtime.requests().slowClients(),
                runtime.sessions().closedAsTooSlow(),
                runtime.chat().stats());
    }

    /**
     * Moves the clients to other servers and stops this one, for a restart without a gap. Needs a load balancer
     * with other servers on the same store; otherwise clients are away until this server is started again.
     *
     * <p>{@code /health/ready} first answers 503, for a sixth of the time and at most five seconds, while the server
     * still admits clients. Then the server refuses new sessions, and sends {@code serverDraining} to each client with
     * its own time to reconnect. It serves each client until then. A second later it closes the connections of clients
     * that have not left, when none of their commands is running; standard clients then reconnect by themselves. When
     * all have left, or at the end of the time, the server stops as {@link #close} does. Blocks. Another thread may stop
     * the server meanwhile. If the thread is interrupted, the server stops immediately, and the thread stays
     * interrupted.
     *
     * @param timeout the time for all of this but the stop, such as 30 seconds; zero or more
     * @throws IllegalArgumentException if the timeout is negative
     */
    public void drain(Duration timeout) {
        requireNotNegative(timeout);
        if (state == State.STARTED && !timeout.isZero()) {
            log.info("draining for {} s at most", timeout.toSeconds());
            try {
                runtime.drain(timeout);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        close();
    }

    /** Stops the server as {@link #stop} does, with a timeout of {@value #CLOSE_SECONDS} seconds. */
    @Override
    public void close() {
        stop(Duration.ofSeconds(CLOSE_SECONDS));
    }

    /**
     * Stops the server gracefully. Refuses new sessions and requests, waits for running commands, sends the outstanding
     * replies, notifies every client, and closes the store. Polling clients have two more seconds to fetch their last
     * packets. Blocks. Does nothing if the server is stopped already.
     *
     * @param timeout the maximum time that running commands may still take; zero or more
     * @throws IllegalArgumentException if the timeout is negative
     */
    public synchronized void stop(Duration timeout) {
        requireNotNegative(timeout);
        if (state != State.STOPPED) {
            runtime.stop(timeout);
            state = State.STOPPED;
            log.info("stopped");
        }
    }

    private static void requireNotNegative(Duration timeout) {
        if (requireNonNull(timeout, "timeout").isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: zero or more)");
        }
    }

    /** Returns the state and the configuration in one line, without passwords, keys and tokens. */
    @Override
    public String toString() {
        return "ChatServer[" + state.name().toLowerCase(Locale.ROOT) + ", " + configuration + "]";
    }
}
