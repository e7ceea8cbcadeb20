package io.roomcast.chat.spi;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a value that this node still holds because another node wants to take it, such as the state of a connection that
 * only its client knows to be lost. Transport adapters implement it. Called on a thread of the bus; must not block.
 */
@FunctionalInterface
public interface ReleaseListener {
    /**
     * Ends the use of a value on this node, {@linkplain io.roomcast.chat.ChatEngine#keep keeps} it, and then runs the
     * task. Does nothing if this node does not hold the value, or if it belongs to another user.
     *
     * @param key the SHA-256 of the secret of the value, in hexadecimal digits
     * @param ownerId the user to whom the value must belong, or null for an anonymous client
     * @param done may be run by any thread
     */
    void release(String key, @Nullable String ownerId, Runnable done);
}
