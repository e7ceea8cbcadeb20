package io.roomcast.chat.socketio.internal.http;

/** Answers requests for some paths; called on an event loop and must not block. */
@FunctionalInterface
public interface HttpRoute {
    /** Answers the request, now or later; false, without an answer, if it is none of its own. */
    boolean handle(HttpExchange exchange);

    /** Returns whether the route serves public files, which pages of any origin may request. */
    default boolean isPublic() {
        return false;
    }
}
