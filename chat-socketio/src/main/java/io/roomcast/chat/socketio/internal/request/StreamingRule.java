package io.roomcast.chat.socketio.internal.request;

import io.netty.handler.codec.http.HttpMethod;

/** Selects requests whose bodies are streamed, past the aggregation in memory. Called on event loops. */
public interface StreamingRule {
    /**
     * Returns whether to stream the body of a request. Called before the checks of origin and address, so it must not
     * have side effects.
     *
     * @param path the path as it was sent, without the query
     */
    boolean streams(HttpMethod method, String path);

    /**
     * Returns whether a POST request may state PATCH or DELETE in its header {@code X-HTTP-Method-Override}, for clients that
     * can send no others. False by default.
     *
     * @param path the path as it was sent, without the query
     */
    default boolean permitsMethodOverride(String path) {
        return false;
    }

    /** Returns the maximum size of a body in bytes; larger ones are rejected with status 413. */
    long maxBodyBytes();
}
