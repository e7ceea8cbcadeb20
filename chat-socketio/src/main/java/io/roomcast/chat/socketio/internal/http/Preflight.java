package io.roomcast.chat.socketio.internal.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import io.roomcast.chat.socketio.internal.request.Tokens;
import java.util.List;
import java.util.stream.Stream;

/** Responds to preflight requests of pages with an allowed origin (Fetch, section 3.3). */
final class Preflight {
    private static final String METHODS = "DELETE, GET, HEAD, PATCH, POST, PUT";
    private static final String MAX_AGE_SECONDS = "600";
    private static final String TRUE = "true";
    private static final String REQUEST_PRIVATE_NETWORK = "access-control-request-private-network";
    private static final String ALLOW_PRIVATE_NETWORK = "access-control-allow-private-network";

    private Preflight() {}

    /** Allows all headers that the browser requests, because a page of an allowed origin may send any header. */
    static void respond(HttpExchange exchange, List<HttpRoute> routes) {
        FullHttpResponse response = HttpResponses.empty(HttpResponseStatus.NO_CONTENT);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.ALLOW, METHODS + ", OPTIONS");
        if (exchange.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD)) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                    .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS)
                    .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
            allowHeaders(exchange.headers(), headers);
            if (TRUE.equals(exchange.headers().get(REQUEST_PRIVATE_NETWORK))) {
                headers.set(ALLOW_PRIVATE_NETWORK, TRUE);
            }
        }
        routes.forEach(route -> route.describe(exchange.path(), headers));
        exchange.respond(response);
    }

    private static void allowHeaders(HttpHeaders request, HttpHeaders response) {
        List<String> names = request.getAll(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS).stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(Tokens::trim)
                .filter(Tokens::isToken)
                .toList();
        if (!names.isEmpty()) {
            response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", names));
        }
    }
}
