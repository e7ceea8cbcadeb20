package io.roomcast.chat.socketio.internal.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one request at a time through to the routes, and none that is late, malformed or from a page that is not allowed.
 *
 * <p>One for each connection, used on its event loop.
 */
public final class HttpGate extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final int REQUEST_SECONDS = 10;
    private static final int IDLE_SECONDS = 65;
    private static final String PREFLIGHT_SECONDS = "600";

    private final Origins origins;
    private final Addresses addresses;
    private final List<HttpRoute> routes;
    private final ConnectionLog log;

    @Nullable
    private HttpExchange current;

    @Nullable
    private ScheduledFuture<?> patience;

    private Runnable whenAnswered = () -> {};
    private boolean refused;

    /** A gate before the routes, which are asked in order. */
    public HttpGate(Origins origins, Addresses addresses, List<HttpRoute> routes, ConnectionLog log) {
        this.origins = origins;
        this.addresses = addresses;
        this.routes = routes;
        this.log = log;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        await(context, REQUEST_SECONDS);
    }

    private void await(ChannelHandlerContext context, int seconds) {
        stopWaiting();
        patience = context.executor().schedule(() -> context.close(), seconds, TimeUnit.SECONDS);
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (refused) {
            return;
        }
        stopWaiting();
        if (current != null || !context.channel().isWritable()) {
            cutOff(context);
            return;
        }
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        HttpRefusal refusal = refusal(request, origin);
        if (refusal == null) {
            handle(context, request, origin);
        } else {
            refuse(context, refusal);
        }
    }

    /** Who asks on without taking the answers makes them pile up. */
    private void cutOff(ChannelHandlerContext context) {
        refused = true;
        context.close();
    }

    private @Nullable HttpRefusal refusal(FullHttpRequest request, @Nullable String origin) {
        if (!request.decoderResult().isSuccess()
                || request.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
            return HttpRefusal.MALFORMED;
        }
        String host = request.headers().get(HttpHeaderNames.HOST);
        return origins.permits(origin, host) ? null : HttpRefusal.FOREIGN;
    }

    private void handle(ChannelHandlerContext context, FullHttpRequest request, @Nullable String origin) {
        HttpExchange exchange;
        try {
            exchange = new HttpExchange(context.channel(), request, origin, () -> answered(context));
        } catch (IllegalArgumentException malformed) {
            refuse(context, HttpRefusal.MALFORMED);
            return;
        }
        current = exchange;
        if (request.method().equals(HttpMethod.OPTIONS)) {
            answerPreflight(exchange);
        } else {
            addresses
                    .admitForwarded(context.channel(), request.headers())
                    .ifPresentOrElse(place -> route(exchange, place), () -> exchange.refuse(EngineError.TOO_MANY));
        }
    }

    private void route(HttpExchange exchange, Runnable place) {
        whenAnswered = place;
        route(exchange);
    }

    /** Ends the connection with an answer; what came behind the request in the same segment is not looked at. */
    private void refuse(ChannelHandlerContext context, HttpRefusal refusal) {
        refused = true;
        refusal.send(context);
    }

    private void route(HttpExchange exchange) {
        for (HttpRoute route : routes) {
            if (route.handle(exchange)) {
                return;
            }
        }
        exchange.answerJson(HttpRefusal.UNKNOWN_PATH.status(), HttpRefusal.UNKNOWN_PATH.json());
    }

    private static void answerPreflight(HttpExchange exchange) {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, idempotency-key")
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        exchange.answer(response);
    }

    private void answered(ChannelHandlerContext context) {
        leave();
        await(context, IDLE_SECONDS);
    }

    private void leave() {
        current = null;
        Runnable place = whenAnswered;
        whenAnswered = () -> {};
        place.run();
    }

    /** Steps aside for a WebSocket. */
    void stepAside(ChannelHandlerContext context) {
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
