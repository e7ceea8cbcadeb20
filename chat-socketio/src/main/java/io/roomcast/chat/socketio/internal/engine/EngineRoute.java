package io.roomcast.chat.socketio.internal.engine;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import io.roomcast.chat.socketio.internal.channel.Utf8;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRejection;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.internal.http.TruncatedRequest;
import io.roomcast.chat.spi.ChatMetrics;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The Engine.IO endpoint: opens sessions, hands polls and posts to them, and lets WebSockets in. */
public final class EngineRoute implements HttpRoute {
    private static final String DEFAULT_PATH = "/socket.io/";
    private static final List<String> OWN_PARAMETERS = List.of("EIO", "transport", "sid", "token");
    private static final List<String> REFUSED_PARAMETERS = List.of("j", "disconnect");

    private final String path;
    private final EngineSessions sessions;
    private final EngineListener.Factory listeners;
    private final AddressLimiter addresses;
    private final RejectionLog refusals;
    private final WebSocketUpgrade webSockets;

    /** Makes a listener for each session that it opens. */
    public EngineRoute(EngineSessions sessions, EngineListener.Factory listeners, AddressLimiter addresses) {
        this(DEFAULT_PATH, sessions, listeners, addresses, new RejectionLog(ChatMetrics.none()));
    }

    /** Creates the route at another path, which begins and ends with a slash, and counts refusals. */
    public EngineRoute(
            String path,
            EngineSessions sessions,
            EngineListener.Factory listeners,
            AddressLimiter addresses,
            RejectionLog refusals) {
        this.refusals = refusals;
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
        if (isOdd(exchange)) {
            EngineError.BAD_REQUEST.refuse(exchange);
        } else if (versionOf(exchange).isEmpty()) {
            EngineError.UNSUPPORTED_VERSION.refuse(exchange);
        } else {
            byTransport(exchange, String.join("", exchange.parameter("transport")));
        }
        return true;
    }

    /** Returns whether the request belongs to an open session. */
    public boolean isOfSession(HttpExchange exchange) {
        return exchange.path().equals(path)
                && exchange.parameter("sid").stream()
                        .anyMatch(sid -> sessions.find(sid).isPresent());
    }

    private static boolean isOdd(HttpExchange exchange) {
        return OWN_PARAMETERS.stream().anyMatch(name -> exchange.parameter(name).size() > 1)
                || REFUSED_PARAMETERS.stream()
                        .anyMatch(name -> !exchange.parameter(name).isEmpty());
    }

    private Optional<EngineVersion> versionOf(HttpExchange exchange) {
        return EngineVersion.ofNumber(String.join("", exchange.parameter("EIO")))
                .filter(sessions.settings().versions()::contains);
    }

    private static boolean isHandshake(HttpExchange exchange) {
        return exchange.parameter("sid").isEmpty();
    }

    private void byTransport(HttpExchange exchange, String transport) {
        switch (transport) {
            case "polling" -> polling(exchange);
            case "websocket" -> webSocket(exchange);
            default -> EngineError.UNKNOWN_TRANSPORT.refuse(exchange);
        }
    }

    private void polling(HttpExchange exchange) {
        if (isHandshake(exchange)) {
            openPolling(exchange);
            return;
        }
        sessionOf(exchange)
                .ifPresentOrElse(session -> ask(session, exchange), () -> EngineError.UNKNOWN_SID.refuse(exchange));
    }

    private Optional<EngineSession> sessionOf(HttpExchange exchange) {
        return sessions.find(exchange.parameter("sid").get(0));
    }

    private void openPolling(HttpExchange exchange) {
        if (!exchange.method().equals(HttpMethod.GET) || exchange.isHead()) {
            EngineError.BAD_METHOD.refuse(exchange);
            return;
        }
        EventLoop loop = exchange.channel().eventLoop();
        Handshake hello = helloOf(exchange);
        admitted(exchange, hello, place -> {
            EngineSession session = sessions.create(hello, loop, new PollingTransport(hello.version()));
            session.whenClosed(place);
            session.open(listeners, null);
            session.poll(exchange);
        });
    }

    private void admitted(HttpExchange exchange, Handshake hello, Consumer<Runnable> opening) {
        addresses.admitSession(hello.client()).ifPresentOrElse(opening, () -> {
            refusals.refused(HttpRejection.TOO_MANY_SESSIONS, null);
            EngineError.TOO_MANY.refuse(exchange);
        });
    }

    private Handshake helloOf(HttpExchange exchange) {
        EngineVersion version = versionOf(exchange).orElseThrow();
        String token = exchange.parameter("token").stream().findFirst().orElseGet(exchange::bearerToken);
        return new Handshake(
                version,
                version == EngineVersion.V3 ? token : null,
                addresses.client(exchange),
                addresses.address(exchange));
    }

    private static void ask(EngineSession session, HttpExchange exchange) {
        if (exchange.method().equals(HttpMethod.GET) && !exchange.isHead()) {
            session.loop().execute(() -> session.poll(exchange));
        } else if (exchange.method().equals(HttpMethod.POST)) {
            push(session, exchange);
        } else {
            EngineError.BAD_REQUEST.refuse(exchange);
        }
    }

    private static void push(EngineSession session, HttpExchange exchange) {
        try {
            PostedPackets posted = posted(session.hello().version(), exchange);
            session.loop().execute(() -> session.push(exchange, posted));
        } catch (CharacterCodingException malformed) {
            session.loop().execute(() -> {
                session.close(CloseReason.NOT_UTF8);
                EngineError.BAD_REQUEST.refuse(exchange);
            });
        }
    }

    private static PostedPackets posted(EngineVersion version, HttpExchange exchange) throws CharacterCodingException {
        TruncatedRequest cut = exchange.request() instanceof TruncatedRequest request ? request : null;
        if (cut != null) {
            Utf8.endWithCharacter(exchange.body());
        }
        List<String> packets = version.packets(exchange.body(), cut != null).orElse(PostedPackets.MALFORMED);
        boolean isAll = cut == null || (version == EngineVersion.V4 && !cut.hasMorePackets());
        return new PostedPackets(packets, cut != null && !packets.equals(PostedPackets.MALFORMED), isAll);
    }

    private void webSocket(HttpExchange exchange) {
        if (!WebSocketUpgrade.permits(exchange)) {
            return;
        }
        if (isHandshake(exchange)) {
            Handshake hello = helloOf(exchange);
            admitted(exchange, hello, place -> {
                exchange.channel().closeFuture().addListener(closed -> place.run());
                webSockets.open(exchange, hello);
            });
        } else {
            sessionOf(exchange)
                    .ifPresentOrElse(
                            session -> webSockets.join(exchange, session),
                            () -> EngineError.UNKNOWN_SID.refuse(exchange));
        }
    }
}
