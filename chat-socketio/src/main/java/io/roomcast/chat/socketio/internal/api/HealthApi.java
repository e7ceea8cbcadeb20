package io.roomcast.chat.socketio.internal.api;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import java.util.concurrent.CompletableFuture;

/**
 * Serves the health checks: {@code /health/live} if the process runs, {@code /health/ready} if the store responds and the
 * server does not drain.
 *
 * <p>A server without a connection to the others still serves its clients, and all servers lose it together. So it is
 * ready, and the body says that it is away.
 */
public final class HealthApi implements HttpRoute {
    private static final String UP = "{\"status\":\"up\"}";
    private static final String AWAY = "{\"status\":\"up\",\"cluster\":\"away\"}";
    private static final String DOWN = "{\"status\":\"down\"}";
    private static final String DRAINING = "{\"status\":\"draining\"}";

    private final ChatService chat;
    private volatile boolean draining;

    /** Creates the route, which checks the store of the given chat. */
    public HealthApi(ChatService chat) {
        this.chat = chat;
    }

    /** Reports from now on that the server is not ready, so that balancers send new clients to others. */
    public void startDraining() {
        draining = true;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        boolean isLive = exchange.path().equals("/health/live");
        if (!isLive && !exchange.path().equals("/health/ready")) {
            return false;
        }
        if (!exchange.method().equals(HttpMethod.GET)) {
            exchange.rejectMethod("GET, HEAD");
        } else if (isLive) {
            exchange.respondJson(HttpResponseStatus.OK, UP);
        } else if (draining) {
            exchange.respondJson(HttpResponseStatus.SERVICE_UNAVAILABLE, DRAINING);
        } else {
            respondReadiness(exchange);
        }
        return true;
    }

    private void respondReadiness(HttpExchange exchange) {
        CompletableFuture<?> ignored = chat.ping().whenComplete((nothing, failure) -> {
            if (failure == null) {
                exchange.respondJson(HttpResponseStatus.OK, chat.stats().away() ? AWAY : UP);
            } else {
                exchange.respondJson(HttpResponseStatus.SERVICE_UNAVAILABLE, DOWN);
            }
        });
    }
}
