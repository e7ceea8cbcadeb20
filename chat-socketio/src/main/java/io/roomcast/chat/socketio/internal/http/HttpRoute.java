package io.roomcast.chat.socketio.internal.http;

import io.netty.handler.codec.http.HttpHeaders;

/** Responds to the requests of some paths. Called on event loops; must not block. */
@FunctionalInterface
public interface HttpRoute {
    /**
     * Handles the request if it belongs to this route.
     *
     * @return true if the route responds, now or later; false to try the next route
     */
    boolean handle(HttpExchange exchange);

    /** Adds to the response to an OPTIONS request what the route says of its paths. Adds nothing by default. */
    default void describe(String path, HttpHeaders response) {}

    /** Returns whether the route serves public files, which pages of any origin may request. The default is false. */
    default boolean isPublic() {
        return false;
    }
}
