package io.roomcast.chat.socketio.internal.api;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import java.util.function.Predicate;

/**
 * Rejects requests while the server drains, except those of open sessions. Must be the first route. Safe for use by any
 * thread.
 */
public final class DrainGuard implements HttpRoute {
    private final Predicate<HttpExchange> ofSession;
    private volatile boolean draining;

    /**
     * Creates a guard that is not draining.
     *
     * @param ofSession whether a request belongs to an open session, whose client may not have received the
     *     announcement of the drain yet
     */
    public DrainGuard(Predicate<HttpExchange> ofSession) {
        this.ofSession = ofSession;
    }

    /** Starts to reject requests. */
    public void startDraining() {
        draining = true;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        boolean rejects = draining && !ofSession.test(exchange);
        if (rejects) {
            ApiResponses.fail(exchange, ChatException.of(ErrorCode.SERVER_DRAINING));
        }
        return rejects;
    }
}
