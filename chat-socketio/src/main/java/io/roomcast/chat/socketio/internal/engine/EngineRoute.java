package io.roomcast.chat.socketio.internal.engine;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.roomcast.chat.socketio.internal.channel.EventLoops;
import io.roomcast.chat.socketio.internal.channel.Utf8;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.internal.request.HttpRejection;
import io.roomcast.chat.socketio.internal.request.LargeRequest;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Serves the Engine.IO endpoint: opens sessions, passes polls and posts to them, and upgrades WebSockets. Safe for use
 * by any thread.
 */
public final class EngineRoute implements HttpRoute {
    private static final String DEFAULT_PATH = "/socket.io/";
    private static final List<String> SINGLE_PARAMETERS = List.of("EIO", "transport", "sid", "token");
    private static final List<String> UNSUPPORTED_PARAMETERS = List.of("j", "disconnect");

    private final String path;
    private final EngineSessions sessions;
    private final EngineListener.Factory listeners;
    private final AddressLimiter addresses;
    private final RejectionLog rejections;
    private final WebSocketUpgrade webSockets;

    /** Creates the route at the default path {@value #DEFAULT_PATH}. */
    public EngineRoute(EngineSessions sessions, EngineListener.Factory listeners, AddressLimiter addresses) {
        this(DEFAULT_PATH, sessions, listeners, addresses, new RejectionLog());
    }

    /**
     * Creates the route.
     *
     * @param path the path of the endpoint, which begins and ends with a slash
     * @param listeners creates the listener of each session
     * @param addresses limits the sessions of each client
     * @param rejections counts and logs rejected handshakes
     */
    public EngineRoute(
            String path,
            EngineSessions sessions,
            EngineListener.Factory listeners,
            AddressLimiter addresses,
            RejectionLog rejections) {
        this.rejections = rejections;
        this.path = path;
        this.sessions = sessions;
        this.addresses = addresses;
        this.listeners = listeners;
        this.webSockets = new WebSocketUpgrade(sessions, listeners);
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        if (!exchange.path().equals(path)) {
            return false;
        }
        if (hasInvalidParameters(exchange)) {
            EngineError.BAD_REQUEST.reject(exchange);
            return true;
        }
        EngineVersion version = EngineVersion.ofNumber(parameter(exchange, "EIO"));
        if (version == null || !sessions.settings().versions().contains(version)) {
            EngineError.UNSUPPORTED_VERSION.reject(exchange);
        } else {
            dispatch(exchange, version, parameter(exchange, "transport"));
        }
        return true;
    }

    /** Returns whether the request belongs to an open session. */
    public boolean belongsToSession(HttpExchange exchange) {
        return exchange.path().equals(path)
                && exchange.parameter("sid").stream()
                        .anyMatch(sid -> sessions.find(sid).isPresent());
    }

    private static boolean hasInvalidParameters(HttpExchange exchange) {
        for (String name : SINGLE_PARAMETERS) {
            if (exchange.parameter(name).size() > 1) {
                return true;
            }
        }
        for (String name : UNSUPPORTED_PARAMETERS) {
            if (!exchange.parameter(name).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the value of a parameter that is not repeated; empty if it is absent. */
    private static String parameter(HttpExchange exchange, String name) {
        List<String> values = exchange.parameter(name);
        return values.isEmpty() ? "" : values.get(0);
    }

    private static boolean isHandshake(HttpExchange exchange) {
        return exchange.parameter("sid").isEmpty();
    }

    private void dispatch(HttpExchange exchange, EngineVersion version, String transport) {
        switch (transport) {
            case "polling" -> handlePolling(exchange, version);
            case "websocket" -> handleWebSocket(exchange, version);
            default -> EngineError.UNKNOWN_TRANSPORT.reject(exchange);
        }
    }

    private void handlePolling(HttpExchange exchange, EngineVersion version) {
        if (isHandshake(exchange)) {
            openPolling(exchange, version);
            return;
        }
        Optional<EngineSession> session = sessionOf(exchange);
        if (session.isPresent()) {
            pollOrPush(session.get(), exchange);
        } else {
            EngineError.UNKNOWN_SID.reject(exchange);
        }
    }

    private Optional<EngineSession> sessionOf(HttpExchange exchange) {
        return sessions.find(parameter(exchange, "sid"));
    }

    private void openPolling(HttpExchange exchange, EngineVersion version) {
        if (!exchange.method().equals(HttpMethod.GET) || exchange.isHead()) {
            EngineError.BAD_METHOD.reject(exchange);
            return;
        }
        EventLoop loop = exchange.channel().eventLoop();
        Handshake handshake = handshakeOf(exchange, version);
        admit(exchange, handshake, release -> {
            EngineSession session = sessions.create(handshake, loop, new PollingTransport(handshake.version()));
            session.onClose(release);
            session.open(listeners, null);
            session.poll(exchange);
        });
    }

    private void admit(HttpExchange exchange, Handshake handshake, Consumer<Runnable> open) {
        addresses.admitSession(handshake.client()).ifPresentOrElse(open, () -> {
            rejections.record(HttpRejection.TOO_MANY_SESSIONS, null);
            EngineError.TOO_MANY.reject(exchange);
        });
    }

    private Handshake handshakeOf(HttpExchange exchange, EngineVersion version) {
        String token = exchange.parameter("token").stream().findFirst().orElseGet(exchange::bearerToken);
        return new Handshake(
                version,
                version == EngineVersion.V3 ? token : null,
                addresses.client(exchange),
                addresses.address(exchange));
    }

    private static void pollOrPush(EngineSession session, HttpExchange exchange) {
        if (exchange.method().equals(HttpMethod.GET) && !exchange.isHead()) {
            execute(session, () -> session.poll(exchange));
        } else if (exchange.method().equals(HttpMethod.POST)) {
            push(session, exchange);
        } else {
            EngineError.BAD_REQUEST.reject(exchange);
        }
    }

    private static void push(EngineSession session, HttpExchange exchange) {
        if (session.loop().inEventLoop()) {
            decodeAndPush(session, exchange);
        } else {
            pushLater(session, exchange);
        }
    }

    /** Keeps the body as bytes until the session's event loop decodes it, so that waiting bodies need no more memory. */
    private static void pushLater(EngineSession session, HttpExchange exchange) {
        FullHttpRequest request = exchange.request().retain();
        boolean isAccepted = EventLoops.tryExecute(session.loop(), () -> {
            try {
                decodeAndPush(session, exchange);
            } finally {
                request.release();
            }
        });
        if (!isAccepted) {
            request.release();
        }
    }

    private static void decodeAndPush(EngineSession session, HttpExchange exchange) {
        try {
            session.push(exchange, posted(session.handshake().version(), exchange));
        } catch (CharacterCodingException malformed) {
            session.close(CloseReason.NOT_UTF8);
            EngineError.BAD_REQUEST.reject(exchange);
        }
    }

    private static void execute(EngineSession session, Runnable task) {
        if (session.loop().inEventLoop()) {
            task.run();
        } else {
            session.loop().execute(task);
        }
    }

    private static PostedPackets posted(EngineVersion version, HttpExchange exchange) throws CharacterCodingException {
        LargeRequest truncated =
                exchange.request() instanceof LargeRequest request && request.isTruncated() ? request : null;
        if (truncated != null) {
            Utf8.dropPartialCharacter(exchange.body());
        }
        List<String> packets =
                version.decode(exchange.body(), truncated != null).orElse(PostedPackets.MALFORMED);
        boolean isComplete = truncated == null || (version == EngineVersion.V4 && !truncated.hasMorePackets());
        return new PostedPackets(packets, truncated != null && !packets.equals(PostedPackets.MALFORMED), isComplete);
    }

    private void handleWebSocket(HttpExchange exchange, EngineVersion version) {
        if (!WebSocketUpgrade.validate(exchange)) {
            return;
        }
        if (isHandshake(exchange)) {
            Handshake handshake = handshakeOf(exchange, version);
            admit(exchange, handshake, release -> {
                exchange.channel().closeFuture().addListener(closed -> release.run());
                webSockets.open(exchange, handshake);
            });
        } else {
            sessionOf(exchange)
                    .ifPresentOrElse(
                            session -> webSockets.upgrade(exchange, session),
                            () -> EngineError.UNKNOWN_SID.reject(exchange));
        }
    }
}
