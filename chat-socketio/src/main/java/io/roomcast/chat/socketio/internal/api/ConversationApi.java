package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpMethod;
import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.socket.RequestCounters;
import io.roomcast.chat.socketio.internal.socket.TokenChecks;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import io.roomcast.chat.socketio.internal.wire.WireCommands;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs commands for HTTP clients, with the same authentication, authorization and limits as over a socket. */
public final class ConversationApi implements HttpRoute {
    private static final String ALL = "/api/conversations";
    private static final String ONE = ALL + "/([^/]+)";

    private static final List<ApiRoute<?>> ROUTES = List.of(
            ApiRoute.of(HttpMethod.POST, ONE + "/messages", WireCommands.of(SendMessage.class), ApiArguments::message),
            ApiRoute.of(HttpMethod.GET, ONE + "/messages", WireCommands.of(GetMessages.class), ApiArguments::page),
            ApiRoute.of(HttpMethod.GET, ONE + "/sync", WireCommands.of(SyncRoom.class), ApiArguments::sync),
            ApiRoute.of(HttpMethod.POST, ONE + "/read", WireCommands.of(MarkRead.class), ApiArguments::inConversation),
            ApiRoute.of(HttpMethod.GET, ONE, WireCommands.of(GetConversation.class), ApiArguments::conversation),
            ApiRoute.of(HttpMethod.DELETE, ONE, WireCommands.of(DeleteConversation.class), ApiArguments::conversation),
            ApiRoute.of(HttpMethod.GET, ALL, WireCommands.of(GetConversations.class), ApiArguments::list),
            ApiRoute.of(HttpMethod.POST, ALL, WireCommands.of(CreateConversation.class), ApiArguments::body));

    private final ChatEngine chat;
    private final TokenChecks tokens;
    private final AddressLimiter addresses;
    private final RequestCounters traffic;

    /**
     * Creates the API of a chat.
     *
     * @param addresses identifies the clients, because anonymous ones are limited by address
     * @param traffic counts the commands
     */
    public ConversationApi(ChatEngine chat, AddressLimiter addresses, RequestCounters traffic) {
        this.chat = chat;
        this.tokens = TokenChecks.ofRequests(chat);
        this.addresses = addresses;
        this.traffic = traffic;
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

    private void handle(HttpExchange exchange, ApiRoute<?> route) {
        try {
            authenticate(exchange, route);
        } catch (ChatException error) {
            ApiResponses.fail(exchange, error);
        } catch (UnsupportedBodyException unsupported) {
            ApiResponses.fail(exchange, unsupported);
        }
    }

    private <R> void authenticate(HttpExchange exchange, ApiRoute<R> route) {
        ApiArguments.header(exchange, "authorization");
        ObjectNode argument = route.argument(exchange);
        String client = addresses.client(exchange);
        tokens.check(client, addresses.address(exchange), exchange.bearerToken(), new Reply<>() {
            @Override
            public void succeeded(Principal principal) {
                run(exchange, route.wire(), argument, Session.detached(principal, "http:" + client));
            }

            @Override
            public void failed(ChatException error) {
                ApiResponses.fail(exchange, error);
                traffic.answered(route.wire().name(), error.code());
            }
        });
    }

    private <R> void run(HttpExchange exchange, WireCommand<R> wire, ObjectNode argument, Session session) {
        HttpReply<R> reply = new HttpReply<>(exchange, wire, argument, traffic, null);
        try {
            chat.execute(session, wire.decoder().decode(argument), reply);
        } catch (ChatException error) {
            reply.failed(error);
        }
    }

    private record HttpReply<R>(
            HttpExchange exchange,
            WireCommand<R> wire,
            ObjectNode argument,
            RequestCounters traffic,
            @Nullable String userId)
            implements Reply<R> {
        @Override
        public void succeeded(R result) {
            try {
                ApiResponses.succeed(exchange, json -> wire.success(json, result, userId));
            } catch (RuntimeException unwritable) {
                failed(ChatException.of(ErrorCode.INTERNAL_ERROR));
                return;
            }
            traffic.answered(wire.name(), null);
        }

        @Override
        public void failed(ChatException error) {
            ApiResponses.fail(exchange, error, argument);
            traffic.answered(wire.name(), error.code());
        }
    }
}
