package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.json.WireTime;
import io.roomcast.chat.socketio.internal.wire.FailureEncoder;
import java.time.Duration;
import java.util.Optional;

/** Answers in the shapes that acks have. */
final class HttpResponses {
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);

    private HttpResponses() {}

    static void answer(HttpExchange exchange, Json.Writer writer) {
        exchange.answerJson(HttpResponseStatus.OK, body(writer));
    }

    static void refuse(HttpExchange exchange, ChatException refusal) {
        refuse(exchange, refusal, MissingNode.getInstance());
    }

    static void refuse(HttpExchange exchange, UnsupportedBodyException unsupported) {
        ChatException refusal = ChatException.invalid(unsupported.header(), unsupported.expected());
        refuse(exchange, HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, refusal, MissingNode.getInstance());
    }

    static void refuse(HttpExchange exchange, ChatException refusal, JsonNode argument) {
        refuse(exchange, HttpResponseStatus.valueOf(refusal.code().httpStatus()), refusal, argument);
    }

    private static void refuse(
            HttpExchange exchange, HttpResponseStatus status, ChatException refusal, JsonNode argument) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, body(json -> FailureEncoder.answer(json, refusal, argument)));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpExchange.JSON);
        retryAfter(refusal).ifPresent(wait -> response.headers().set(HttpHeaderNames.RETRY_AFTER, wholeSeconds(wait)));
        exchange.answer(response);
    }

    /** Rounded up, as a client that comes too early is refused again. */
    private static long wholeSeconds(Duration wait) {
        return Math.max(1, (WireTime.millis(wait) + 999) / 1_000);
    }

    private static Optional<Duration> retryAfter(ChatException refusal) {
        boolean isBusy = refusal.code().httpStatus() == HttpResponseStatus.TOO_MANY_REQUESTS.code()
                || refusal.code().httpStatus() == HttpResponseStatus.SERVICE_UNAVAILABLE.code();
        return isBusy ? Optional.of(refusal.retryAfter().orElse(DEFAULT_RETRY)) : Optional.empty();
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
