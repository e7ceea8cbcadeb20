package io.roomcast.chat.socketio.internal.http;

import io.roomcast.chat.socketio.internal.request.HttpBounds;
import java.util.List;

/**
 * Everything that the HTTP connections of one server share. Safe for use by any thread.
 *
 * @param origins the origins and host names to accept
 * @param addresses limits the connections and sessions of each network address
 * @param routes the routes in the order in which they are tried
 * @param bounds the maximum sizes of a request
 * @param rejectionBody writes the responses to rejected requests
 * @param rejections counts and logs rejected requests
 */
public record HttpServerContext(
        Origins origins,
        AddressLimiter addresses,
        List<HttpRoute> routes,
        HttpBounds bounds,
        RejectionBody rejectionBody,
        RejectionLog rejections) {
    /** Copies the list. */
    public HttpServerContext {
        routes = List.copyOf(routes);
    }

    /** Returns the routes that may stream the body of a request. */
    public List<StreamingRoute> streamingRoutes() {
        return routes.stream()
                .filter(StreamingRoute.class::isInstance)
                .map(StreamingRoute.class::cast)
                .toList();
    }
}
