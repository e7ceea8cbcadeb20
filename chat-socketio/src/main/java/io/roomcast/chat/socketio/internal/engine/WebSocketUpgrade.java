package io.roomcast.chat.socketio.internal.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
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
import io.netty.util.concurrent.FastThreadLocal;
import io.roomcast.chat.socketio.internal.channel.OversizedFrames;
import io.roomcast.chat.socketio.internal.http.HttpDispatcher;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import io.roomcast.chat.socketio.internal.request.RequestDecoder;
import io.roomcast.chat.socketio.internal.request.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Upgrades HTTP connections to WebSockets (RFC 6455, section 4), for new sessions and for polling ones. Safe for use by
 * any thread.
 */
final class WebSocketUpgrade {
    private static final String VERSION = "13";

    /**
     * The user agent of the Java client. It stops reading at a close frame, but reports the disconnect only after a
     * ping timeout.
     */
    private static final String OKHTTP = "okhttp/";

    /** The length of a key: 16 bytes in base64. */
    private static final int KEY_LENGTH = 24;

    private static final String KEY_PADDING = "==";
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** One digest per thread, because the lookup of the algorithm costs more than the digest of a key. */
    private static final FastThreadLocal<MessageDigest> SHA_1 = new FastThreadLocal<>() {
        @Override
        protected MessageDigest initialValue() throws NoSuchAlgorithmException {
            return MessageDigest.getInstance("SHA-1");
        }
    };

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

    /** Returns whether the request is a valid opening handshake. Responds with an error if not. */
    static boolean validate(HttpExchange exchange) {
        if (!isUpgrade(exchange)) {
            EngineError.BAD_REQUEST.reject(exchange);
        } else if (!VERSION.equals(exchange.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            rejectVersion(exchange);
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
                && offeredProtocols(headers).stream().allMatch(Tokens::isToken)
                && isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, ""));
    }

    private static boolean isKey(String key) {
        if (key.length() != KEY_LENGTH || !key.endsWith(KEY_PADDING)) {
            return false;
        }
        for (int i = 0; i < KEY_LENGTH - KEY_PADDING.length(); i++) {
            if (!isBase64(key.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64(char digit) {
        return Tokens.isAlphanumeric(digit) || digit == '+' || digit == '/';
    }

    private static void rejectVersion(HttpExchange exchange) {
        FullHttpResponse rejection = HttpResponses.empty(HttpResponseStatus.BAD_REQUEST);
        rejection.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
        exchange.respond(rejection);
    }

    /** Opens a session over a WebSocket, without polling. */
    void open(HttpExchange exchange, Handshake handshake) {
        Channel channel = exchange.channel();
        WebSocketFrames frames = new WebSocketFrames(sessions);
        completeHandshake(exchange, frames, () -> {
            EngineSession session = sessions.create(handshake, channel.eventLoop(), new WebSocketTransport(channel));
            frames.deliverTo(session);
            session.open(listeners, channel);
        });
    }

    /** Starts the upgrade of a polling session. Moves the connection to the event loop of the session first. */
    void upgrade(HttpExchange exchange, EngineSession session) {
        FullHttpRequest request = exchange.request().retain();
        Channel channel = exchange.channel();
        if (channel.eventLoop() == session.loop()) {
            probe(exchange, session, request);
        } else {
            channel.deregister()
                    .addListener(deregistered -> session.loop()
                            .register(channel)
                            .addListener(registered -> {
                                if (registered.isSuccess()) {
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
                EngineError.BAD_REQUEST.reject(exchange);
            } else {
                probe(exchange, session);
            }
        } finally {
            request.release();
        }
    }

    /**
     * Completes the handshake and waits for the probe. If the session cannot be upgraded, closes the WebSocket after the
     * handshake, as clients expect.
     */
    private void probe(HttpExchange exchange, EngineSession session) {
        WebSocketFrames frames = new WebSocketFrames(sessions);
        Channel channel = exchange.channel();
        if (session.startUpgrade(channel)) {
            frames.deliverTo(session);
            completeHandshake(exchange, frames, () -> {});
        } else {
            completeHandshake(exchange, frames, () -> new WebSocketTransport(channel).close(CloseReason.REFUSED));
        }
    }

    private void completeHandshake(HttpExchange exchange, WebSocketFrames frames, Runnable whenDone) {
        Channel channel = exchange.channel();
        FullHttpResponse acceptance = acceptance(exchange.headers());
        if (exchange.headers().get(HttpHeaderNames.USER_AGENT, "").startsWith(OKHTTP)) {
            WebSocketTransport.omitCloseFrame(channel);
        }
        ChannelPipeline pipeline = channel.pipeline();
        String encoder = pipeline.context(HttpResponseEncoder.class).name();
        pipeline.get(HttpDispatcher.class).detach(pipeline.context(HttpDispatcher.class));
        pipeline.addLast(frames);
        pipeline.addBefore(encoder, "frameEncoder", new WebSocket13FrameEncoder(false));
        String decoder = pipeline.context(RequestDecoder.class).name();
        pipeline.addAfter(decoder, "frameDecoder", new WebSocket13FrameDecoder(decoding));
        // The decoder is replaced last, because it passes on the bytes that were read already.
        pipeline.replace(decoder, "oversizedFrames", new OversizedFrames(frames::truncates, InboundPackets.HEAD_BYTES));
        channel.writeAndFlush(acceptance).addListener(done -> {
            if (done.isSuccess()) {
                pipeline.remove(encoder);
                whenDone.run();
            } else {
                channel.close();
            }
        });
    }

    private static FullHttpResponse acceptance(HttpHeaders request) {
        FullHttpResponse response = HttpResponses.empty(HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, acceptKey(request.get(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
        // Browsers fail if no offered subprotocol is selected. Node selects the first one, too.
        offeredProtocols(request).stream()
                .findFirst()
                .ifPresent(first -> response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, first));
        return response;
    }

    /** Returns the {@code Sec-WebSocket-Accept} value for a key (RFC 6455, section 4.2.2). */
    private static String acceptKey(String key) {
        byte[] digest = SHA_1.get().digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(digest);
    }

    /** Returns the subprotocols that the client offers. */
    private static List<String> offeredProtocols(HttpHeaders headers) {
        List<String> lists = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        if (lists.isEmpty()) {
            return List.of();
        }
        return lists.stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(Tokens::trim)
                .toList();
    }
}
