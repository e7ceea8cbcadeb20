package io.roomcast.chat.model;

/**
 * An authenticated connection of a user. The adapter that owns the connection implements it.
 *
 * <p>Two sessions are equal only if they are the same object. Implementations are safe for use by any thread, and no
 * method may block.
 */
public interface Session {
    /** Returns the public id of the session. It is not a secret. */
    String id();

    /**
     * Returns the owner of the session. Always returns the same object: a refreshed token changes neither the principal
     * nor its expiry.
     */
    Principal principal();

    /**
     * Closes the connection after the events that were sent before. The chat calls this when it ends the session, on
     * any thread. A second call has no effect.
     */
    void end();

    /**
     * Returns the rank of this session among those that may be surplus. If the user has more than {@link
     * Limits#sessionsPerUser()} sessions on all nodes of a cluster, the chat ends those with the highest ranks. Nodes
     * compare ranks that they do not read at the same moment, so a rank is, for example, the negative time of the last
     * request.
     */
    default long surplusRank() {
        return 0;
    }

    /**
     * Returns a session for one request without a connection, such as an HTTP request. It can send and read, and
     * receives no events.
     */
    static Session detached(Principal principal) {
        return detached(principal, "detached");
    }

    /**
     * Returns a session for one request of an anonymous client.
     *
     * @param id identifies the client, such as its network address; clients with the same id share a rate limit
     */
    static Session detached(Principal principal, String id) {
        return new DetachedSession(principal, id);
    }
}
