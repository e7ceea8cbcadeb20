package io.roomcast.chat.model;

/**
 * An authenticated connection of a user, made by the adapter that owns the connection.
 *
 * <p>Two sessions are the same only if they are the same object. Implementations are safe for use by any thread, and
 * no method blocks.
 */
public interface Session {
    /** The public id of the session; it is not a secret. */
    String id();

    /** Who the session belongs to; never changes. */
    Principal principal();

    /**
     * The chat has ended the session: the adapter sends what it was told before, and closes the connection. Called by any
     * thread; a second call does nothing.
     */
    void end();

    /** A session that belongs to no connection, for one request of a user; it can send and read, and receives nothing. */
    static Session detached(Principal principal) {
        return new DetachedSession(principal);
    }
}
