package io.roomcast.chat.socketio.internal.api;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import java.util.Map;

/**
 * Serves the page of a host from memory. Its content security policy allows only scripts and styles of the page itself.
 */
public final class PageRoute implements HttpRoute {
    private static final String POLICY =
            "default-src 'self'; img-src 'self' https: http: data: blob:; object-src 'none';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, byte[]> files;

    /**
     * Reads the files of a folder on the class path. Blocks.
     *
     * @throws IllegalArgumentException if the folder has no {@code index.html}
     */
    public PageRoute(ClassLoader loader, String folder) {
        files = PageFiles.read(loader, folder);
    }

    @Override
    public boolean isPublic() {
        return true;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        byte[] file = files.get(exchange.path().equals("/") ? "/index.html" : exchange.path());
        if (file == null) {
            return false;
        }
        if (!exchange.method().equals(HttpMethod.GET)) {
            exchange.rejectMethod("GET, HEAD");
            return true;
        }
        FullHttpResponse response =
                HttpResponses.of(HttpResponseStatus.OK, typeOf(exchange.path()), Unpooled.wrappedBuffer(file));
        response.headers()
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
                .set("content-security-policy", POLICY)
                .set("referrer-policy", "no-referrer");
        exchange.respond(response);
        return true;
    }

    private static String typeOf(String path) {
        String suffix = path.equals("/") ? "html" : path.substring(path.lastIndexOf('.') + 1);
        return TYPES.getOrDefault(suffix, "application/octet-stream");
    }
}
