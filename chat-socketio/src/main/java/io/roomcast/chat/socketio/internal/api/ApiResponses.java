package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.json.WireTime;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import io.roomcast.chat.socketio.internal.wire.FailureEncoder;
import java.time.Duration;
import java.util.Optional;

/** Responds to requests of the HTTP API with the JSON that an ack would contain. */
public final class ApiResponses {
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);

    private ApiResponses() {}

    /** Responds with the JSON that the writer produces. */
    public static void succeed(HttpExchange exchange, Json.Writer writer) {
        exchange.respondJson(HttpResponseStatus.OK, body(writer));
    }

    /** Responds with the error, and the HTTP status of its code. */
    public static void fail(HttpExchange exchange, ChatException error) {
        fail(exchange, error, MissingNode.getInstance());
    }

    /** Responds with status 415. */
    static void fail(HttpExchange exchange, UnsupportedBodyException unsupported) {
        unsupported(exchange, ChatException.invalid(unsupported.header(), unsupported.expected()));
    }

    /** Responds with status 415, because the body does not have the expected type. */
    public static void unsupportedType(HttpExchange exchange, String expected) {
        unsupported(exchange, ChatException.invalid("content-type", expected));
    }

    private static void unsupported(HttpExchange exchange, ChatException error) {
        fail(exchange, HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, error, MissingNode.getInstance());
    }

    /**
     * Responds with the error, and the HTTP status of its code.
     *
     * @param argument the argument of the command, parts of which the response repeats
     */
    static void fail(HttpExchange exchange, ChatException error, JsonNode argument) {
        fail(exchange, HttpResponseStatus.valueOf(error.code().httpStatus()), error, argument);
    }

    private static void fail(HttpExchange exchange, HttpResponseStatus status, ChatException error, JsonNode argument) {
        FullHttpResponse response = HttpResponses.of(
                status, HttpResponses.JSON, body(json -> FailureEncoder.answer(json, error, argument)));
        retryAfter(error).ifPresent(delay -> response.headers().set(HttpHeaderNames.RETRY_AFTER, seconds(delay)));
        exchange.respond(response);
    }

    /** Returns whole seconds, rounded up, because a client that retries too early fails again. */
    private static long seconds(Duration delay) {
        return Math.max(1, (WireTime.millis(delay) + 999) / 1_000);
    }

    private static Optional<Duration> retryAfter(ChatException error) {
        boolean isTemporary = error.code().httpStatus() == HttpResponseStatus.TOO_MANY_REQUESTS.code()
                || error.code().httpStatus() == HttpResponseStatus.SERVICE_UNAVAILABLE.code();
        return isTemporary ? Optional.of(error.retryAfter().orElse(DEFAULT_RETRY)) : Optional.empty();
    }

    private static ByteBuf body(Json.Writer writer) {
        ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer();
        try {
            Json.write(body, writer);
            return body.retain();
        } finally {
            body.release();
        }
    }
}
