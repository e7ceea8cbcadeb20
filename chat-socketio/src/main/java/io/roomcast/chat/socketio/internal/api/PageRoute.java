package io.roomcast.chat.socketio.internal.api;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import java.util.Map;

/** Serves a host's own page, which may run nothing and embed nothing but what comes with it. */
public final class PageRoute implements HttpRoute {
    private static final String POLICY = "default-src 'self'; img-src 'self' https: http: data:; object-src 'none';"
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
     * Serves the files of a folder on the class path, read now.
     *
     * @throws IllegalArgumentException if the folder has no index page
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
            exchange.refuseMethod("GET, HEAD");
            return true;
        }
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(file));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, typeOf(exchange.path()))
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
                .set("content-security-policy", POLICY)
                .set("referrer-policy", "no-referrer");
        exchange.answer(response);
        return true;
    }

    private static String typeOf(String path) {
        String suffix = path.equals("/") ? "html" : path.substring(path.lastIndexOf('.') + 1);
        return TYPES.getOrDefault(suffix, "application/octet-stream");
    }
}
