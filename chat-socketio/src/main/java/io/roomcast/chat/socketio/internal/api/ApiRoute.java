package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in HTTP a command is found.
 *
 * @param method how it is asked for
 * @param path where; a group in it is the conversation's id
 * @param wire the command
 * @param arguments makes the event's argument of a request
 * @param <R> what a success answers
 */
record ApiRoute<R>(HttpMethod method, Pattern path, WireCommand<R> wire, Arguments arguments) {
    static <R> ApiRoute<R> of(HttpMethod method, String path, WireCommand<R> wire, Arguments arguments) {
        return new ApiRoute<>(method, Pattern.compile(path), wire, arguments);
    }

    boolean leadsTo(HttpExchange exchange) {
        return path.matcher(exchange.rawPath()).matches();
    }

    /** The argument that the event would have. */
    ObjectNode argument(HttpExchange exchange) {
        Matcher found = path.matcher(exchange.rawPath());
        return arguments.read(exchange, found.matches() && found.groupCount() > 0 ? decoded(found.group(1)) : "");
    }

    /** Decodes one segment of the split path. Decoding comes last, because a slash in an id is encoded. */
    private static String decoded(String segment) {
        return new QueryStringDecoder("/" + segment).path().substring(1);
    }

    /** Makes the event's argument of a request. */
    @FunctionalInterface
    interface Arguments {
        /**
         * The argument.
         *
         * @throws io.roomcast.chat.model.ChatException if the request is malformed
         */
        ObjectNode read(HttpExchange exchange, String conversationId);
    }
}
