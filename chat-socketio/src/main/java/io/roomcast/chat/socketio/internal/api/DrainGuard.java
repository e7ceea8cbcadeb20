package io.roomcast.chat.socketio.internal.api;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import java.util.function.Predicate;

/** Refuses requests once the server is stopping, except those of open sessions. Safe for use by any thread. */
public final class DrainGuard implements HttpRoute {
    private final Predicate<HttpExchange> ofSession;
    private volatile boolean draining;

    /** Lets requests of open sessions through, because their clients have not received the announcement yet. */
    public DrainGuard(Predicate<HttpExchange> ofSession) {
        this.ofSession = ofSession;
    }

    /** Refuses requests from now on. */
    public void close() {
        draining = true;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        boolean refuses = draining && !ofSession.test(exchange);
        if (refuses) {
            HttpResponses.refuse(exchange, ChatException.of(ErrorCode.SERVER_DRAINING));
        }
        return refuses;
    }
}
