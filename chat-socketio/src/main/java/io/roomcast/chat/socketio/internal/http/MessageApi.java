package io.roomcast.chat.socketio.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.transport.Addresses;
import io.roomcast.chat.socketio.internal.transport.HttpExchange;
import io.roomcast.chat.socketio.internal.transport.HttpRoute;
import io.roomcast.chat.socketio.internal.wire.Fields;
import io.roomcast.chat.socketio.internal.wire.Json;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import io.roomcast.chat.socketio.internal.wire.WireNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sending and reading messages without a socket: the same commands, authenticator and policy. */
public final class MessageApi implements HttpRoute {
    private static final Pattern PATH = Pattern.compile("/api/conversations/([^/]+)/messages");
    private static final List<String> PAGE_PARAMETERS = List.of("before", "after", "around", "limit");

    private final ChatService chat;
    private final Addresses addresses;

    /** Runs the commands on the given chat; callers without a name are told apart by their addresses. */
    public MessageApi(ChatService chat, Addresses addresses) {
        this.chat = chat;
        this.addresses = addresses;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        Matcher path = PATH.matcher(exchange.path());
        if (!path.matches()) {
            return false;
        }
        try {
            byMethod(exchange, path.group(1));
        } catch (ChatException refusal) {
            HttpAnswers.refuse(exchange, refusal);
        }
        return true;
    }

    private void byMethod(HttpExchange exchange, String conversationId) {
        if (exchange.method().equals(HttpMethod.POST)) {
            authenticated(exchange, WireNames.SEND_MESSAGE, message(exchange, conversationId));
        } else if (exchange.method().equals(HttpMethod.GET)) {
            authenticated(exchange, WireNames.GET_MESSAGES, page(exchange, conversationId));
        } else {
            throw ChatException.of(ErrorCode.NOT_SUPPORTED);
        }
    }

    /** Only JSON is taken, which a page of elsewhere cannot send without asking first. */
    private static ObjectNode message(HttpExchange exchange, String conversationId) {
        String type = exchange.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw ChatException.invalid("content-type");
        }
        JsonNode body = Json.parse(exchange.body().toString(StandardCharsets.UTF_8))
                .filter(JsonNode::isObject)
                .orElseThrow(() -> ChatException.invalid("body"));
        ObjectNode argument = ((ObjectNode) body).put(Fields.CONVERSATION_ID, conversationId);
        String key = exchange.headers().get("idempotency-key");
        return key == null ? argument : argument.put(Fields.CLIENT_MESSAGE_ID, key);
    }

    private static ObjectNode page(HttpExchange exchange, String conversationId) {
        ObjectNode argument = Json.object().put(Fields.CONVERSATION_ID, conversationId);
        for (String name : PAGE_PARAMETERS) {
            for (String value : exchange.parameter(name)) {
                argument.put(name, number(name, value));
            }
        }
        return argument;
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException malformed) {
            throw ChatException.invalid(name);
        }
    }

    private <R> void authenticated(HttpExchange exchange, WireCommand<R> wire, ObjectNode argument) {
        chat.authenticate(exchange.bearerToken(), new Reply<>() {
            @Override
            public void succeeded(Principal principal) {
                run(exchange, wire, argument, Session.detached(principal, "http:" + addresses.client(exchange)));
            }

            @Override
            public void failed(ChatException refusal) {
                HttpAnswers.refuse(exchange, refusal);
            }
        });
    }

    private <R> void run(HttpExchange exchange, WireCommand<R> wire, ObjectNode argument, Session session) {
        try {
            chat.execute(session, wire.decoder().decode(argument), new HttpReply<>(exchange, wire, argument));
        } catch (ChatException refusal) {
            HttpAnswers.refuse(exchange, refusal, argument);
        }
    }

    private record HttpReply<R>(HttpExchange exchange, WireCommand<R> wire, ObjectNode argument) implements Reply<R> {
        @Override
        public void succeeded(R result) {
            HttpAnswers.answer(exchange, json -> wire.success(json, result));
        }

        @Override
        public void failed(ChatException refusal) {
            HttpAnswers.refuse(exchange, refusal, argument);
        }
    }
}
