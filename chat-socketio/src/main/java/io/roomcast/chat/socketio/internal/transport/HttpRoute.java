package io.roomcast.chat.socketio.internal.transport;

/** Answers requests for some paths; called on an event loop and must not block. */
@FunctionalInterface
public interface HttpRoute {
    /** Answers the request, now or later; false, without an answer, if it is none of its own. */
    boolean handle(HttpExchange exchange);

    /** Whether it serves files that are the same for everybody, so that pages of any origin may ask for them. */
    default boolean isPublic() {
        return false;
    }
}
