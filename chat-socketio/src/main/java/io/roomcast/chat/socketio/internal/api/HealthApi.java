package io.roomcast.chat.socketio.internal.api;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;

/** Tells whoever watches the server whether it lives, and whether it can serve. */
public final class HealthApi implements HttpRoute {
    private static final String UP = "{\"status\":\"up\"}";
    private static final String DOWN = "{\"status\":\"down\"}";

    private final ChatService chat;

    /** Asks the given chat's store. */
    public HealthApi(ChatService chat) {
        this.chat = chat;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        boolean isLive = exchange.path().equals("/health/live");
        if (!isLive && !exchange.path().equals("/health/ready")) {
            return false;
        }
        if (!exchange.method().equals(HttpMethod.GET)) {
            exchange.refuseMethod("GET, HEAD");
        } else if (isLive) {
            exchange.answerJson(HttpResponseStatus.OK, UP);
        } else {
            chat.probe(new Readiness(exchange));
        }
        return true;
    }

    private record Readiness(HttpExchange exchange) implements Reply<Boolean> {
        @Override
        public void succeeded(Boolean ready) {
            exchange.answerJson(HttpResponseStatus.OK, UP);
        }

        @Override
        public void failed(ChatException refusal) {
            exchange.answerJson(HttpResponseStatus.SERVICE_UNAVAILABLE, DOWN);
        }
    }
}
