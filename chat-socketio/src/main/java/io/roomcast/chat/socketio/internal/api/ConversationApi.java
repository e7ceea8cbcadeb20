package io.roomcast.chat.socketio.internal.api;

import io.netty.handler.codec.http.HttpMethod;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.wire.WireCommands;
import java.util.List;
import java.util.stream.Collectors;

/** Serves conversations over HTTP: each path and method is one command. */
public final class ConversationApi implements HttpRoute {
    private static final String ALL = "/api/conversations";
    private static final String ONE = ALL + "/([^/]+)";

    static final List<ApiRoute<?>> ROUTES = List.of(
            ApiRoute.of(HttpMethod.POST, ONE + "/messages", WireCommands.of(SendMessage.class), ApiArguments::message),
            ApiRoute.of(HttpMethod.GET, ONE + "/messages", WireCommands.of(GetMessages.class), ApiArguments::page),
            ApiRoute.of(HttpMethod.GET, ONE + "/sync", WireCommands.of(SyncRoom.class), ApiArguments::sync),
            ApiRoute.of(HttpMethod.POST, ONE + "/read", WireCommands.of(MarkRead.class), ApiArguments::inConversation),
            ApiRoute.of(HttpMethod.GET, ONE, WireCommands.of(GetConversation.class), ApiArguments::conversation),
            ApiRoute.of(HttpMethod.DELETE, ONE, WireCommands.of(DeleteConversation.class), ApiArguments::conversation),
            ApiRoute.of(HttpMethod.GET, ALL, WireCommands.of(GetConversations.class), ApiArguments::list),
            ApiRoute.of(HttpMethod.POST, ALL, WireCommands.of(CreateConversation.class), ApiArguments::body));

    private final ApiCommands commands;

    /** Creates the API. */
    public ConversationApi(ApiCommands commands) {
        this.commands = commands;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        List<ApiRoute<?>> matching =
                ROUTES.stream().filter(route -> route.matches(exchange)).toList();
        if (matching.isEmpty()) {
            return false;
        }
        matching.stream()
                .filter(route -> route.method().equals(exchange.method()))
                .findFirst()
                .ifPresentOrElse(route -> handle(exchange, route), () -> exchange.rejectMethod(methods(matching)));
        return true;
    }

    private static String methods(List<ApiRoute<?>> routes) {
        return routes.stream()
                .map(route -> route.method().equals(HttpMethod.GET)
                        ? "GET, HEAD"
                        : route.method().name())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private <R> void handle(HttpExchange exchange, ApiRoute<R> route) {
        commands.run(exchange, route.wire(), () -> route.argument(exchange));
    }
}
