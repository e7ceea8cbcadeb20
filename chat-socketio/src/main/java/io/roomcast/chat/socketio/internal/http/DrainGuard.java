package io.roomcast.chat.socketio.internal.http;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.transport.HttpExchange;
import io.roomcast.chat.socketio.internal.transport.HttpRoute;

/** Refuses every request once the server is about to stop; safe for use by any thread. */
public final class DrainGuard implements HttpRoute {
    private volatile boolean draining;

    /** Refuses all requests from now on. */
    public void close() {
        draining = true;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        if (draining) {
            HttpAnswers.refuse(exchange, ChatException.of(ErrorCode.SERVER_DRAINING));
        }
        return draining;
    }
}
