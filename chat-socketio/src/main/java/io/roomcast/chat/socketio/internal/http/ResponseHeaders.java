package io.roomcast.chat.socketio.internal.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Adds the headers that all responses share.
 *
 * @param allowedOrigin the origin whose pages may read the response; null if there is none
 * @param keepAlive whether the connection stays open
 */
public record ResponseHeaders(@Nullable String allowedOrigin, boolean keepAlive) {
    private static final AsciiString CONTENT_TYPE_OPTIONS = AsciiString.cached("x-content-type-options");
    private static final AsciiString NO_SNIFF = AsciiString.cached("nosniff");
    private static final String EXPOSED = "retry-after";

    /** Adds the headers to a response that is complete otherwise. */
    void addTo(FullHttpResponse response) {
        addTo(response, response.content().readableBytes());
        if (response.status().equals(HttpResponseStatus.NOT_MODIFIED)) {
            // It would state the length of a whole file, and a cache could believe that the file is empty.
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
    }

    /** Adds the headers to a response whose body has the given number of bytes. */
    void addTo(HttpResponse response, long length) {
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        headers.set(CONTENT_TYPE_OPTIONS, NO_SNIFF);
        headers.set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        }
        if (isTemporary(response.status()) && !headers.contains(HttpHeaderNames.RETRY_AFTER)) {
            headers.set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        if (allowedOrigin != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowedOrigin);
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            if (!headers.contains(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS)) {
                headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
            }
        }
    }

    private static boolean isTemporary(HttpResponseStatus status) {
        return status.equals(HttpResponseStatus.TOO_MANY_REQUESTS)
                || status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE);
    }
}
