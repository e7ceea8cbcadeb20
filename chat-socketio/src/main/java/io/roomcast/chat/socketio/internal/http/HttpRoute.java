package io.roomcast.chat.socketio.internal.http;

/** Responds to the requests of some paths. Called on event loops; must not block. */
@FunctionalInterface
public interface HttpRoute {
    /**
     * Handles the request if it belongs to this route.
     *
     * @return true if the route responds, now or later; false to try the next route
     */
    boolean handle(HttpExchange exchange);

    /** Returns whether the route serves public files, which pages of any origin may request. The default is false. */
    default boolean isPublic() {
        return false;
    }
}
