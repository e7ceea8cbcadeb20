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

    /** Who the session belongs to; never changes, not even the end of the proof once a new one is brought. */
    Principal principal();

    /**
     * The chat has ended the session: the adapter sends what it was told before, and closes the connection. Called by any
     * thread; a second call does nothing.
     */
    void end();

    /** A session that belongs to no connection, for one request of a user; it can send and read, and receives nothing. */
    static Session detached(Principal principal) {
        return detached(principal, "detached");
    }

    /**
     * The same for one of several callers whom nobody vouches for.
     *
     * @param id what tells the caller from others, such as a network address; who has the same shares the same rate
     */
    static Session detached(Principal principal, String id) {
        return new DetachedSession(principal, id);
    }
}
