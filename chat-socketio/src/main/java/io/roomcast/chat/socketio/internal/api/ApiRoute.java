package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps a method and path to a command.
 *
 * @param method the HTTP method
 * @param path the path; its group, if any, matches the id of a conversation
 * @param wire the command
 * @param arguments converts a request to the argument of the command
 * @param <R> the result of the command
 */
record ApiRoute<R>(HttpMethod method, Pattern path, WireCommand<R> wire, Arguments arguments) {
    static <R> ApiRoute<R> of(HttpMethod method, String path, WireCommand<R> wire, Arguments arguments) {
        return new ApiRoute<>(method, Pattern.compile(path), wire, arguments);
    }

    /** Returns whether the path of the request matches, whatever its method. */
    boolean matches(HttpExchange exchange) {
        return path.matcher(exchange.rawPath()).matches();
    }

    /** Returns the argument of the command. */
    ObjectNode argument(HttpExchange exchange) {
        Matcher found = path.matcher(exchange.rawPath());
        return arguments.read(exchange, found.matches() && found.groupCount() > 0 ? decoded(found.group(1)) : "");
    }

    /** Decodes one segment of the path, after the path was split, because a slash in an id is encoded. */
    static String decoded(String segment) {
        return new QueryStringDecoder("/" + segment).path().substring(1);
    }

    /** Converts a request to the argument of a command. */
    @FunctionalInterface
    interface Arguments {
        /**
         * Returns the argument.
         *
         * @param conversationId the id in the path; empty if the path has none
         * @throws io.roomcast.chat.model.ChatException if the request is malformed
         */
        ObjectNode read(HttpExchange exchange, String conversationId);
    }
}
