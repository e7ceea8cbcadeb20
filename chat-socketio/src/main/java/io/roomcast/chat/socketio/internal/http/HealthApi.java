package io.roomcast.chat.socketio.internal.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.transport.HttpExchange;
import io.roomcast.chat.socketio.internal.transport.HttpRoute;

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
        boolean isGet = exchange.method().equals(HttpMethod.GET);
        if (isGet && exchange.path().equals("/health/live")) {
            exchange.answerJson(HttpResponseStatus.OK, UP);
            return true;
        }
        if (isGet && exchange.path().equals("/health/ready")) {
            chat.probe(new Readiness(exchange));
            return true;
        }
        return false;
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
