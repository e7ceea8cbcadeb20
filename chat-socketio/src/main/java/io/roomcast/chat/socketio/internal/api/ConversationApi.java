package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpMethod;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.CreateConversation;
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

/** The chat without a socket: the same commands, authenticator and policy, one route for each command. */
public final class ConversationApi implements HttpRoute {
    private static final String ALL = "/api/conversations";
    private static final String ONE = ALL + "/([^/]+)";

    private static final List<ApiRoute<?>> ROUTES = List.of(
            ApiRoute.of(HttpMethod.POST, ONE + "/messages", WireCommands.of(SendMessage.class), ApiArguments::message),
            ApiRoute.of(HttpMethod.GET, ONE + "/messages", WireCommands.of(GetMessages.class), ApiArguments::page),
            ApiRoute.of(HttpMethod.GET, ONE + "/sync", WireCommands.of(SyncRoom.class), ApiArguments::sync),
            ApiRoute.of(HttpMethod.POST, ONE + "/read", WireCommands.of(MarkRead.class), ApiArguments::inConversation),
            ApiRoute.of(HttpMethod.GET, ALL, WireCommands.of(GetConversations.class), ApiArguments::list),
            ApiRoute.of(HttpMethod.POST, ALL, WireCommands.of(CreateConversation.class), ApiArguments::body));

    private final ChatService chat;
    private final TokenChecks tokens;
    private final AddressLimiter addresses;
    private final RequestCounters traffic;

    /** Runs the commands on the given chat, and counts them; callers without a name are told apart by their addresses. */
    public ConversationApi(ChatService chat, AddressLimiter addresses, RequestCounters traffic) {
        this.chat = chat;
        this.tokens = TokenChecks.ofRequests(chat);
        this.addresses = addresses;
        this.traffic = traffic;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        List<ApiRoute<?>> here =
                ROUTES.stream().filter(route -> route.leadsTo(exchange)).toList();
        if (here.isEmpty()) {
            return false;
        }
        here.stream()
                .filter(route -> route.method().equals(exchange.method()))
                .findFirst()
                .ifPresentOrElse(route -> ask(exchange, route), () -> exchange.refuseMethod(methods(here)));
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

    private void ask(HttpExchange exchange, ApiRoute<?> route) {
        try {
            authenticated(exchange, route);
        } catch (ChatException refusal) {
            HttpResponses.refuse(exchange, refusal);
        } catch (UnsupportedBodyException unsupported) {
            HttpResponses.refuse(exchange, unsupported);
        }
    }

    private <R> void authenticated(HttpExchange exchange, ApiRoute<R> route) {
        ApiArguments.header(exchange, "authorization");
        ObjectNode argument = route.argument(exchange);
        String client = addresses.client(exchange);
        tokens.check(client, addresses.address(exchange), exchange.bearerToken(), new Reply<>() {
            @Override
            public void succeeded(Principal principal) {
                run(exchange, route.wire(), argument, Session.detached(principal, "http:" + client));
            }

            @Override
            public void failed(ChatException refusal) {
                HttpResponses.refuse(exchange, refusal);
                traffic.answered(route.wire().name(), refusal.code());
            }
        });
    }

    private <R> void run(HttpExchange exchange, WireCommand<R> wire, ObjectNode argument, Session session) {
        HttpReply<R> reply = new HttpReply<>(exchange, wire, argument, traffic);
        try {
            chat.execute(session, wire.decoder().decode(argument), reply);
        } catch (ChatException refusal) {
            reply.failed(refusal);
        }
    }

    private record HttpReply<R>(
            HttpExchange exchange, WireCommand<R> wire, ObjectNode argument, RequestCounters traffic)
            implements Reply<R> {
        @Override
        public void succeeded(R result) {
            try {
                HttpResponses.answer(exchange, json -> wire.success(json, result));
            } catch (RuntimeException unwritable) {
                failed(ChatException.of(ErrorCode.INTERNAL_ERROR));
                return;
            }
            traffic.answered(wire.name(), null);
        }

        @Override
        public void failed(ChatException refusal) {
            HttpResponses.refuse(exchange, refusal, argument);
            traffic.answered(wire.name(), refusal.code());
        }
    }
}
