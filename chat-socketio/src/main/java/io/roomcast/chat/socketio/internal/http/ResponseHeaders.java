package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The headers of every answer, whatever its content.
 *
 * @param allowedOrigin the origin whose pages may read the answer; null if there is none
 * @param keepAlive whether the connection stays open
 */
public record ResponseHeaders(@Nullable String allowedOrigin, boolean keepAlive) {
    private static final String EXPOSED = "retry-after";

    /** Returns a complete answer that refuses a request. */
    FullHttpResponse refusal(HttpRejection refusal) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, refusal.status(), Unpooled.copiedBuffer(refusal.json(), StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpExchange.JSON);
        addTo(response);
        return response;
    }

    /** Adds the headers to an otherwise complete answer. */
    void addTo(FullHttpResponse response) {
        HttpHeaders headers = response.headers();
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        headers.set("x-content-type-options", "nosniff");
        headers.set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        }
        if (isPassing(response.status()) && !headers.contains(HttpHeaderNames.RETRY_AFTER)) {
            headers.set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        if (allowedOrigin != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowedOrigin);
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    private static boolean isPassing(HttpResponseStatus status) {
        return status.equals(HttpResponseStatus.TOO_MANY_REQUESTS)
                || status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE);
    }
}
