package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.socket.RequestCounters;
import io.roomcast.chat.socketio.internal.socket.TokenChecks;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import io.roomcast.chat.spi.ChatMetrics;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands for HTTP clients, with the same authentication, authorization and limits as over a socket. Safe for use by
 * any thread; never blocks.
 */
public final class ApiCommands {
    private final ChatEngine chat;
    private final TokenChecks tokens;
    private final AddressLimiter addresses;
    private final RequestCounters traffic;
    private final FileLinks links;

    /**
     * Runs the commands of a chat.
     *
     * @param addresses identifies the clients, because anonymous ones are limited by address
     * @param traffic counts the commands
     * @param links signs the URLs of uploaded files
     */
    public ApiCommands(ChatEngine chat, AddressLimiter addresses, RequestCounters traffic, FileLinks links) {
        this.chat = chat;
        this.tokens = TokenChecks.ofRequests(chat);
        this.addresses = addresses;
        this.traffic = traffic;
        this.links = links;
    }

    /**
     * Authenticates the client, runs the command, and responds with what an ack would contain.
     *
     * @param argument reads the argument of the command from the request
     */
    <R> void run(HttpExchange exchange, WireCommand<R> wire, Supplier<? extends JsonNode> argument) {
        try {
            authenticate(exchange, wire, argument);
        } catch (ChatException error) {
            ApiResponses.fail(exchange, error);
        } catch (UnsupportedBodyException unsupported) {
            ApiResponses.fail(exchange, unsupported);
        }
    }

    /**
     * Authenticates the client, and runs a command for a route that writes the response itself.
     *
     * @param name the name of the event that requests the command
     * @param command reads the command from the request
     * @param reply receives the outcome, on any thread
     */
    public <R> void run(HttpExchange exchange, String name, Supplier<Command<R>> command, Reply<R> reply) {
        Reply<R> counted = new Reply<>() {
            @Override
            public void succeeded(R result) {
                traffic.answered(name, null);
                reply.succeeded(result);
            }

            @Override
            public void failed(ChatException refusal) {
                traffic.answered(name, refusal.code());
                reply.failed(refusal);
            }
        };
        try {
            ApiArguments.header(exchange, "authorization");
            Command<R> read = command.get();
            authenticate(exchange, session -> chat.execute(session, read, counted), counted::failed);
        } catch (ChatException malformed) {
            counted.failed(malformed);
        }
    }

    private void authenticate(HttpExchange exchange, Consumer<Session> next, Consumer<ChatException> refused) {
        String client = addresses.client(exchange);
        tokens.check(client, addresses.address(exchange), exchange.bearerToken(), new Reply<>() {
            @Override
            public void succeeded(Principal principal) {
                next.accept(Session.detached(principal, "http:" + client));
            }

            @Override
            public void failed(ChatException error) {
                refused.accept(error);
            }
        });
    }

    /** Refuses a request for an event that the server does not know. */
    void refuse(HttpExchange exchange) {
        ApiResponses.fail(exchange, ChatException.of(ErrorCode.NOT_SUPPORTED));
        traffic.answered(ChatMetrics.UNKNOWN_EVENT, ErrorCode.NOT_SUPPORTED);
    }

    private <R> void authenticate(HttpExchange exchange, WireCommand<R> wire, Supplier<? extends JsonNode> argument) {
        ApiArguments.header(exchange, "authorization");
        JsonNode read = argument.get();
        authenticate(exchange, session -> execute(exchange, wire, read, session), error -> {
            ApiResponses.fail(exchange, error);
            traffic.answered(wire.name(), error.code());
        });
    }

    private <R> void execute(HttpExchange exchange, WireCommand<R> wire, JsonNode argument, Session session) {
        HttpReply<R> reply = new HttpReply<>(
                exchange, wire, argument, traffic, links, session.principal().userId());
        try {
            chat.execute(session, wire.decoder().decode(argument), reply);
        } catch (ChatException error) {
            reply.failed(error);
        }
    }

    private record HttpReply<R>(
            HttpExchange exchange,
            WireCommand<R> wire,
            JsonNode argument,
            RequestCounters traffic,
            FileLinks links,
            @Nullable String userId)
            implements Reply<R> {
        @Override
        public void succeeded(R result) {
            try {
                ApiResponses.succeed(exchange, json -> {
                    links.attachTo(json);
                    wire.success(json, result, userId);
                });
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
