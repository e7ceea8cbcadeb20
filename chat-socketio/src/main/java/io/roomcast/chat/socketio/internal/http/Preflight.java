package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.stream.Stream;

/** Answers preflight requests of pages with an allowed origin (Fetch, section 3.3). */
final class Preflight {
    private static final String METHODS = "GET, HEAD, POST";
    private static final String SECONDS = "600";
    private static final String YES = "true";
    private static final String ASKS_PRIVATE = "access-control-request-private-network";
    private static final String ALLOWS_PRIVATE = "access-control-allow-private-network";

    private Preflight() {}

    /** Allows the headers that the browser names. A page of an allowed origin may send any of them. */
    static void answer(HttpExchange exchange) {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        HttpHeaders answer = response.headers();
        answer.set(HttpHeaderNames.ALLOW, METHODS + ", OPTIONS");
        if (exchange.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD)) {
            answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                    .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, SECONDS)
                    .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
            allowHeaders(exchange.headers(), answer);
            if (YES.equals(exchange.headers().get(ASKS_PRIVATE))) {
                answer.set(ALLOWS_PRIVATE, YES);
            }
        }
        exchange.answer(response);
    }

    private static void allowHeaders(HttpHeaders asked, HttpHeaders answer) {
        List<String> names = asked.getAll(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS).stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(Tokens::trim)
                .filter(Tokens::isToken)
                .toList();
        if (!names.isEmpty()) {
            answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", names));
        }
    }
}
