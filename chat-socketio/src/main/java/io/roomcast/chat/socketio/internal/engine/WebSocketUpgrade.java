package io.roomcast.chat.socketio.internal.engine;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.roomcast.chat.socketio.internal.http.HttpDispatcher;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.RequestDecoder;
import io.roomcast.chat.socketio.internal.http.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns HTTP connections into WebSockets (RFC 6455, section 4), for new sessions and for those that poll. */
final class WebSocketUpgrade {
    private static final String VERSION = "13";

    /**
     * What the Java client is made of: it stops reading at a close frame, and notices nothing until a ping is overdue.
     */
    private static final String OKHTTP = "okhttp/";

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final EngineSessions sessions;
    private final EngineListener.Factory listeners;
    private final WebSocketDecoderConfig decoding;

    WebSocketUpgrade(EngineSessions sessions, EngineListener.Factory listeners) {
        this.sessions = sessions;
        this.listeners = listeners;
        this.decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(sessions.settings().maxHandshake())
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .withUTF8Validator(false)
                .closeOnProtocolViolation(false)
                .build();
    }

    /** Whether the request is an opening handshake; one that is none is refused. */
    static boolean permits(HttpExchange exchange) {
        if (!isUpgrade(exchange)) {
            EngineError.BAD_REQUEST.refuse(exchange);
        } else if (!VERSION.equals(exchange.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            refuseVersion(exchange);
        } else {
            return true;
        }
        return false;
    }

    private static boolean isUpgrade(HttpExchange exchange) {
        HttpHeaders headers = exchange.headers();
        return exchange.request().method().equals(HttpMethod.GET)
                && exchange.request().protocolVersion().equals(HttpVersion.HTTP_1_1)
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && offered(headers).stream().allMatch(Tokens::isToken)
                && KEY.matcher(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, ""))
                        .matches();
    }

    private static void refuseVersion(HttpExchange exchange) {
        FullHttpResponse refusal = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.EMPTY_BUFFER);
        refusal.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
        exchange.answer(refusal);
    }

    /** Opens a session over a WebSocket alone. */
    void open(HttpExchange exchange, Handshake hello) {
        Channel channel = exchange.channel();
        WebSocketFrames frames = new WebSocketFrames(sessions);
        shakeHands(exchange, frames, () -> {
            EngineSession session = sessions.create(hello, channel.eventLoop(), new WebSocketTransport(channel));
            frames.serve(session);
            session.open(listeners, channel);
        });
    }

    /** Lets a session's WebSocket in, on the session's own event loop, so that nothing of it happens on two. */
    void join(HttpExchange exchange, EngineSession session) {
        FullHttpRequest request = exchange.request().retain();
        Channel channel = exchange.channel();
        if (channel.eventLoop() == session.loop()) {
            probe(exchange, session, request);
        } else {
            channel.deregister()
                    .addListener(gone -> session.loop().register(channel).addListener(there -> {
                        if (there.isSuccess()) {
                            probe(exchange, session, request);
                        } else {
                            request.release();
                            channel.close();
                        }
                    }));
        }
    }

    private void probe(HttpExchange exchange, EngineSession session, FullHttpRequest request) {
        try {
            if (session.isClosed()) {
                EngineError.BAD_REQUEST.refuse(exchange);
            } else {
                probe(exchange, session);
            }
        } finally {
            request.release();
        }
    }

    /**
     * Serves the upgrade of a polling session. If the upgrade is not possible, completes the handshake and then closes,
     * as clients expect.
     */
    private void probe(HttpExchange exchange, EngineSession session) {
        WebSocketFrames frames = new WebSocketFrames(sessions);
        Channel channel = exchange.channel();
        if (session.probe(channel)) {
            frames.serve(session);
            shakeHands(exchange, frames, () -> {});
        } else {
            shakeHands(exchange, frames, () -> new WebSocketTransport(channel).close(CloseReason.REFUSED));
        }
    }

    private void shakeHands(HttpExchange exchange, WebSocketFrames frames, Runnable whenDone) {
        Channel channel = exchange.channel();
        FullHttpResponse accepting = accepting(exchange.headers());
        if (exchange.headers().get(HttpHeaderNames.USER_AGENT, "").startsWith(OKHTTP)) {
            WebSocketTransport.spareFarewell(channel);
        }
        ChannelPipeline pipeline = channel.pipeline();
        String encoder = pipeline.context(HttpResponseEncoder.class).name();
        pipeline.get(HttpDispatcher.class).stepAside(pipeline.context(HttpDispatcher.class));
        pipeline.addLast(frames);
        pipeline.addBefore(encoder, "frameEncoder", new WebSocket13FrameEncoder(false));
        String decoder = pipeline.context(RequestDecoder.class).name();
        pipeline.addAfter(decoder, "frameDecoder", new WebSocket13FrameDecoder(decoding));
        // This comes last, because it passes on the bytes that were read already.
        pipeline.replace(decoder, "longFrames", new OversizedFrames(frames));
        channel.writeAndFlush(accepting).addListener(done -> {
            if (done.isSuccess()) {
                pipeline.remove(encoder);
                whenDone.run();
            } else {
                channel.close();
            }
        });
    }

    private static FullHttpResponse accepting(HttpHeaders request) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, proof(request.get(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
        offered(request).stream()
                .findFirst()
                .ifPresent(first -> response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, first));
        return response;
    }

    /** Returns the accept value, which proves that the key was read (RFC 6455, section 4.2.2). */
    private static String proof(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }

    /** Selects the first subprotocol that the client offers, as Node does. Browsers fail if none is selected. */
    private static List<String> offered(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(Tokens::trim)
                .toList();
    }
}
