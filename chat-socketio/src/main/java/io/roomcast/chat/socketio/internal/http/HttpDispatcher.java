package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.roomcast.chat.socketio.internal.channel.LingeringClose;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets one request at a time through to the routes, and none that is late, malformed or from a page that is not
 * allowed.
 *
 * <p>One for each connection, used on its event loop.
 */
public final class HttpDispatcher extends ChannelInboundHandlerAdapter {
    private static final int REQUEST_SECONDS = 10;
    private static final int IDLE_SECONDS = 65;
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

    private final Origins origins;
    private final AddressLimiter addresses;
    private final List<HttpRoute> routes;
    private final RejectionLog refusals;
    private final ConnectionLog log;

    @Nullable
    private HttpExchange current;

    @Nullable
    private ScheduledFuture<?> patience;

    private Runnable whenAnswered = () -> {};
    private boolean refused;
    private boolean lastAnswer;
    private boolean begun;
    private boolean idle;

    /** A gate before the routes, which are asked in order. */
    public HttpDispatcher(
            Origins origins,
            AddressLimiter addresses,
            List<HttpRoute> routes,
            RejectionLog refusals,
            ConnectionLog log) {
        this.origins = origins;
        this.addresses = addresses;
        this.routes = routes;
        this.refusals = refusals;
        this.log = log;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        await(context, REQUEST_SECONDS);
    }

    /** Limits the time of a request that follows on the same connection, from its first byte. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event != RequestDecoder.BEGUN) {
            context.fireUserEventTriggered(event);
            return;
        }
        begun = true;
        if (idle) {
            await(context, REQUEST_SECONDS);
        }
    }

    private void await(ChannelHandlerContext context, int seconds) {
        stopWaiting();
        idle = seconds == IDLE_SECONDS;
        patience = context.executor().schedule(() -> context.close(), seconds, TimeUnit.SECONDS);
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
        idle = false;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        begun = false;
        try {
            if (!refused) {
                stopWaiting();
                read(context, message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /**
     * Reads a request. Closes the connection of a client that keeps sending requests without reading the answers, which
     * would pile up. A request that does not wait for the answer before it is left out, and that answer is the last one.
     */
    private void read(ChannelHandlerContext context, Object message) {
        if (!context.channel().isWritable()) {
            refused = true;
            context.close();
        } else if (current != null) {
            // The client may send it again, because nothing of it was done.
            refused = true;
            lastAnswer = true;
        } else if (message instanceof FullHttpRequest request) {
            received(context, request);
        } else if (message instanceof MalformedRequest unreadable) {
            HttpHeaders headers = unreadable.headers();
            refuse(context, unreadable.refusal(), headers, headers.get(HttpHeaderNames.HOST));
        }
    }

    private void received(ChannelHandlerContext context, FullHttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST);
        RequestTarget target;
        try {
            target = RequestTarget.parse(request.uri(), host);
        } catch (IllegalArgumentException malformed) {
            refuse(context, HttpRejection.MALFORMED, request.headers(), host);
            return;
        }
        HttpRejection refusal = refusal(request, target.host());
        HttpExchange exchange = exchange(context, request, target, refusal == null);
        current = exchange;
        if (refusal == null) {
            admit(context, exchange);
        } else if (!refusal.sparesFiles() || !route(exchange, HttpRoute::isPublic)) {
            refused = true;
            refusals.refused(refusal, request.headers().get(HttpHeaderNames.ORIGIN));
            exchange.refuse(refusal);
        }
    }

    private HttpExchange exchange(
            ChannelHandlerContext context, FullHttpRequest request, RequestTarget target, boolean goesOn) {
        ResponseHeaders common = common(request.headers(), target.host(), goesOn && HttpUtil.isKeepAlive(request));
        return new HttpExchange(context.channel(), request, target, common, () -> answered(context));
    }

    private @Nullable HttpRejection refusal(FullHttpRequest request, @Nullable String host) {
        if (!origins.knows(host)) {
            return HttpRejection.UNKNOWN_HOST;
        }
        return METHODS.contains(request.method()) ? foreign(request.headers(), host) : HttpRejection.UNKNOWN_METHOD;
    }

    private @Nullable HttpRejection foreign(HttpHeaders headers, @Nullable String host) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null) {
            return origins.permits(origin, host) ? null : HttpRejection.FOREIGN_ORIGIN;
        }
        boolean isOwn = OWN_SITES.contains(headers.get("sec-fetch-site", "none"));
        return isOwn ? null : HttpRejection.FOREIGN_SITE;
    }

    private ResponseHeaders common(HttpHeaders headers, @Nullable String host, boolean keepAlive) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        return new ResponseHeaders(origin != null && origins.permits(origin, host) ? origin : null, keepAlive);
    }

    private void admit(ChannelHandlerContext context, HttpExchange exchange) {
        if (exchange.method().equals(HttpMethod.OPTIONS)) {
            Preflight.answer(exchange);
            return;
        }
        Optional<Runnable> place = addresses.admitForwarded(context.channel(), exchange.headers());
        if (place.isEmpty()) {
            refusals.refused(HttpRejection.TOO_MANY, null);
            exchange.refuse(HttpRejection.TOO_MANY);
            return;
        }
        whenAnswered = place.get();
        if (!route(exchange, route -> true)) {
            exchange.refuse(HttpRejection.UNKNOWN_PATH);
        }
    }

    private boolean route(HttpExchange exchange, Predicate<HttpRoute> mayAnswer) {
        for (HttpRoute route : routes) {
            if (mayAnswer.test(route) && route.handle(exchange)) {
                return true;
            }
        }
        return false;
    }

    /** Answers and closes the connection, because the bytes after such a request may not be a request. */
    private void refuse(
            ChannelHandlerContext context, HttpRejection refusal, HttpHeaders headers, @Nullable String host) {
        refused = true;
        refusals.refused(refusal, headers.get(HttpHeaderNames.ORIGIN));
        LingeringClose.after(context.writeAndFlush(common(headers, host, false).refusal(refusal)));
    }

    private void answered(ChannelHandlerContext context) {
        leave();
        if (lastAnswer) {
            // The answer is written after this method.
            context.executor().execute(() -> LingeringClose.after(context.writeAndFlush(Unpooled.EMPTY_BUFFER)));
        } else {
            await(context, begun ? REQUEST_SECONDS : IDLE_SECONDS);
        }
    }

    private void leave() {
        current = null;
        Runnable place = whenAnswered;
        whenAnswered = () -> {};
        place.run();
    }

    /** Steps aside for a WebSocket. */
    public void stepAside(ChannelHandlerContext context) {
        current = null;
        Runnable place = whenAnswered;
        context.channel().closeFuture().addListener(closed -> place.run());
        context.pipeline().remove(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stopWaiting();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopWaiting();
        if (current != null) {
            current.abort();
            leave();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        log.failed(fault);
        context.close();
    }
}
