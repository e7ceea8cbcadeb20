package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import io.roomcast.chat.socketio.internal.channel.LingeringClose;
import io.roomcast.chat.socketio.internal.request.HttpRejection;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import io.roomcast.chat.socketio.internal.request.MalformedRequest;
import io.roomcast.chat.socketio.internal.request.RequestDecoder;
import io.roomcast.chat.socketio.internal.request.RequestTarget;
import io.roomcast.chat.socketio.internal.request.StreamedRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks the requests of one connection and dispatches them to the routes, one at a time.
 *
 * <p>Rejects malformed requests, unknown hosts and foreign origins. Closes the connection if a request, or the next part
 * of a large body, takes more than {@value #REQUEST_SECONDS} seconds to arrive. Closes it as well if it is idle for
 * {@value #IDLE_SECONDS} seconds.
 */
@EventLoopConfined
public final class HttpDispatcher extends ChannelInboundHandlerAdapter {
    private static final int REQUEST_SECONDS = 10;
    private static final int IDLE_SECONDS = 65;
    private static final AsciiString SEC_FETCH_SITE = AsciiString.cached("sec-fetch-site");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS,
            HttpMethod.TRACE,
            HttpMethod.CONNECT);

    private final HttpServerContext server;
    private final ConnectionLog log;
    private final ConnectionTimeout requestTimeout = new ConnectionTimeout(REQUEST_SECONDS);
    private final ConnectionTimeout idleTimeout = new ConnectionTimeout(IDLE_SECONDS);

    @Nullable
    private HttpExchange current;

    private Runnable releaseQuota = () -> {};
    private boolean rejected;
    private boolean closeAfterResponse;
    private boolean begun;

    /** Creates the dispatcher of one connection. */
    public HttpDispatcher(HttpServerContext server, ConnectionLog log) {
        this.server = server;
        this.log = log;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        requestTimeout.start(context);
    }

    /** Restarts the timeout of a request with each part of a large body. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == RequestDecoder.PROGRESSED) {
            if (current == null) {
                requestTimeout.start(context);
            }
        } else if (event != RequestDecoder.BEGUN) {
            context.fireUserEventTriggered(event);
        } else {
            begun = true;
        }
    }

    /** Starts the timeout of a further request on the same connection, unless its first bytes were all of it. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (begun && idleTimeout.isRunning()) {
            idleTimeout.stop();
            requestTimeout.start(context);
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        begun = false;
        try {
            if (!rejected) {
                idleTimeout.stop();
                requestTimeout.cancel();
                read(context, message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /**
     * Dispatches a request. Closes the connection of a client that sends requests without reading the responses, which
     * would accumulate. Drops a request that does not wait for the response before it; that response is the last one.
     */
    private void read(ChannelHandlerContext context, Object message) {
        if (!context.channel().isWritable()) {
            rejected = true;
            context.close();
        } else if (current != null && message instanceof MalformedRequest malformed && malformed.isStreamed()) {
            rejected = true;
            server.rejections()
                    .record(malformed.rejection(), malformed.headers().get(HttpHeaderNames.ORIGIN));
            current.reject(malformed.rejection());
        } else if (current != null) {
            // The client may repeat the dropped request, because it had no effect.
            rejected = true;
            closeAfterResponse = true;
        } else if (message instanceof FullHttpRequest request) {
            dispatch(context, request);
        } else if (message instanceof MalformedRequest malformed) {
            HttpHeaders headers = malformed.headers();
            reject(context, malformed.rejection(), headers, headers.get(HttpHeaderNames.HOST));
        }
    }

    private void dispatch(ChannelHandlerContext context, FullHttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST);
        RequestTarget target;
        try {
            target = RequestTarget.parse(request.uri(), host);
        } catch (IllegalArgumentException malformed) {
            reject(context, HttpRejection.MALFORMED, request.headers(), host);
            return;
        }
        String origin = allowedOrigin(request.headers(), target.host());
        HttpRejection rejection = check(request, target.host(), origin);
        HttpExchange exchange = exchange(context, request, target, rejection == null, origin);
        current = exchange;
        if (rejection == null) {
            admit(context, exchange);
        } else if (!rejection.allowsPublicFiles() || !route(exchange, HttpRoute::isPublic)) {
            rejected = true;
            server.rejections().record(rejection, request.headers().get(HttpHeaderNames.ORIGIN));
            exchange.reject(rejection);
        }
    }

    /** Creates the exchange. The connection stays open unless a part of the body may be unread at the response. */
    private HttpExchange exchange(
            ChannelHandlerContext context,
            FullHttpRequest request,
            RequestTarget target,
            boolean isAccepted,
            @Nullable String allowedOrigin) {
        boolean keepAlive = isAccepted && !(request instanceof StreamedRequest) && HttpUtil.isKeepAlive(request);
        return new HttpExchange(
                context.channel(),
                request,
                target,
                new ResponseHeaders(allowedOrigin, keepAlive),
                server.rejectionBody(),
                () -> responded(context));
    }

    private @Nullable HttpRejection check(
            FullHttpRequest request, @Nullable String host, @Nullable String allowedOrigin) {
        if (!server.origins().knows(host)) {
            return HttpRejection.UNKNOWN_HOST;
        }
        if (!METHODS.contains(request.method())) {
            return HttpRejection.UNKNOWN_METHOD;
        }
        return allowedOrigin == null ? checkOrigin(request.headers()) : null;
    }

    /** Checks a request without an allowed origin. */
    private static @Nullable HttpRejection checkOrigin(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.ORIGIN)) {
            return HttpRejection.FOREIGN_ORIGIN;
        }
        String site = headers.get(SEC_FETCH_SITE);
        return site == null || OWN_SITES.contains(site) ? null : HttpRejection.FOREIGN_SITE;
    }

    /** Returns the origin of the page that sent the request; null if there is none, or if it is not allowed. */
    private @Nullable String allowedOrigin(HttpHeaders headers, @Nullable String host) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        return origin != null && server.origins().permits(origin, host) ? origin : null;
    }

    private void admit(ChannelHandlerContext context, HttpExchange exchange) {
        if (exchange.method().equals(HttpMethod.OPTIONS)) {
            Preflight.respond(exchange, server.routes());
            return;
        }
        Optional<Runnable> quota = server.addresses().admitForwarded(context.channel(), exchange.headers());
        if (quota.isEmpty()) {
            server.rejections().record(HttpRejection.TOO_MANY, null);
            exchange.reject(HttpRejection.TOO_MANY);
            return;
        }
        releaseQuota = quota.get();
        if (!route(exchange, route -> true)) {
            exchange.reject(HttpRejection.UNKNOWN_PATH);
        }
    }

    private boolean route(HttpExchange exchange, Predicate<HttpRoute> mayHandle) {
        for (HttpRoute route : server.routes()) {
            if (mayHandle.test(route) && route.handle(exchange)) {
                return true;
            }
        }
        return false;
    }

    /** Responds and closes the connection, because the bytes after such a request may not be a request. */
    private void reject(
            ChannelHandlerContext context, HttpRejection rejection, HttpHeaders headers, @Nullable String host) {
        rejected = true;
        server.rejections().record(rejection, headers.get(HttpHeaderNames.ORIGIN));
        FullHttpResponse response = HttpResponses.of(
                rejection.status(),
                HttpResponses.JSON,
                ByteBufUtil.writeUtf8(context.alloc(), server.rejectionBody().json(rejection)));
        new ResponseHeaders(allowedOrigin(headers, host), false).addTo(response);
        LingeringClose.after(context.writeAndFlush(response));
    }

    private void responded(ChannelHandlerContext context) {
        endExchange();
        if (closeAfterResponse) {
            // The response is written after this method.
            context.executor().execute(() -> LingeringClose.after(context.writeAndFlush(Unpooled.EMPTY_BUFFER)));
        } else {
            ConnectionTimeout next = begun ? requestTimeout : idleTimeout;
            next.start(context);
        }
    }

    private void endExchange() {
        current = null;
        Runnable release = releaseQuota;
        releaseQuota = () -> {};
        release.run();
    }

    /** Leaves the pipeline, because the connection becomes a WebSocket. The connection stays counted until it closes. */
    public void detach(ChannelHandlerContext context) {
        current = null;
        Runnable release = releaseQuota;
        context.channel().closeFuture().addListener(closed -> release.run());
        context.pipeline().remove(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancelTimeouts();
    }

    /** Cancels the timers, also before the connection moves to another event loop. */
    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
        cancelTimeouts();
        context.fireChannelUnregistered();
    }

    private void cancelTimeouts() {
        requestTimeout.cancel();
        idleTimeout.cancel();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (current != null) {
            current.abort();
            endExchange();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        log.failed(fault);
        context.close();
    }
}
