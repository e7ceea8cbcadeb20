package io.roomcast.chat.socketio.internal.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.regex.Pattern;

/** Turns HTTP connections into WebSockets (RFC 6455, section 4), for new sessions and for those that poll. */
final class WebSocketEntry {
    private static final String VERSION = "13";

    /** What the Java client is made of: it stops reading at a close frame, and notices nothing until a ping is overdue. */
    private static final String OKHTTP = "okhttp/";

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

    private final EngineSessions sessions;
    private final EngineListener.Factory listeners;
    private final WebSocketDecoderConfig decoding;

    WebSocketEntry(EngineSessions sessions, EngineListener.Factory listeners) {
        this.sessions = sessions;
        this.listeners = listeners;
        this.decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(sessions.settings().maxPayload())
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .withUTF8Validator(false)
                .closeOnProtocolViolation(false)
                .build();
    }

    /** Whether the request is an opening handshake; one that is none is refused. */
    static boolean permits(HttpExchange exchange) {
        if (!isUpgrade(exchange)) {
            exchange.refuse(EngineError.BAD_REQUEST);
        } else if (!VERSION.equals(exchange.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            refuseVersion(exchange);
        } else {
            return true;
        }
        return false;
    }

    private static boolean isUpgrade(HttpExchange exchange) {
        HttpHeaders headers = exchange.headers();
        return exchange.method().equals(HttpMethod.GET)
                && exchange.request().protocolVersion().equals(HttpVersion.HTTP_1_1)
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
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
    void open(HttpExchange exchange, Hello hello) {
        Channel channel = exchange.channel();
        WebSocketFrames frames = new WebSocketFrames(sessions);
        shakeHands(exchange, frames, () -> {
            EngineSession session = sessions.create(hello, channel.eventLoop(), new WebSocketOutlet(channel));
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
            if (session.probe(exchange.channel())) {
                WebSocketFrames frames = new WebSocketFrames(sessions);
                frames.serve(session);
                shakeHands(exchange, frames, () -> {});
            } else {
                exchange.refuse(EngineError.BAD_REQUEST);
            }
        } finally {
            request.release();
        }
    }

    private void shakeHands(HttpExchange exchange, WebSocketFrames frames, Runnable whenDone) {
        FullHttpRequest request = exchange.request();
        Channel channel = exchange.channel();
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshaker13("", null, decoding);
        if (request.headers().get(HttpHeaderNames.USER_AGENT, "").startsWith(OKHTTP)) {
            WebSocketOutlet.spareFarewell(channel);
        }
        try {
            takeOver(channel.pipeline(), frames);
            handshaker.handshake(channel, request).addListener((ChannelFutureListener) done -> {
                if (done.isSuccess()) {
                    whenDone.run();
                } else {
                    channel.close();
                }
            });
        } catch (WebSocketHandshakeException malformed) {
            channel.close();
        }
    }

    private static void takeOver(ChannelPipeline pipeline, WebSocketFrames frames) {
        pipeline.remove(RequestHeads.class);
        pipeline.get(HttpGate.class).stepAside(pipeline.context(HttpGate.class));
        pipeline.addLast(frames);
    }
}
