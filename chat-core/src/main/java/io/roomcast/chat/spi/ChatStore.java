package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.Optional;

/**
 * Stores messages and their changes, conversations and their members, receipts, what users prefer, the positions of
 * followers, the devices that receive push notifications, and calls.
 *
 * <p>The messages of a conversation have one order without gaps, and so have the changes.
 *
 * <p>Every method may block and is called on worker threads, never on a network thread. The caller serializes the
 * appends of one conversation on one node. Several nodes may share one store, so an implementation must not rely on
 * this.
 *
 * <p>A failure is a {@link io.roomcast.chat.model.ChatException}. Its code is {@link
 * io.roomcast.chat.model.ErrorCode#STORAGE_UNAVAILABLE} only if the call stored nothing and will not do so later. Clients
 * rely on this. If the call may have stored something, as when its answer was lost, the code is {@link
 * io.roomcast.chat.model.ErrorCode#TIMEOUT}.
 */
public interface ChatStore
        extends MessageStore, ConversationStore, ReceiptStore, AttentionStore, FollowerStore, AutoCloseable {
    /**
     * Returns an empty store in the memory of this process. Its memory grows with every message; see {@link
     * #inMemory(InMemoryLimits)}.
     */
    static ChatStore inMemory() {
        return inMemory(InMemoryLimits.NONE);
    }

    /** Returns an empty store in memory that keeps a limited number of messages of each conversation. */
    static ChatStore inMemory(InMemoryLimits limits) {
        return inMemory(Clock.systemUTC(), limits);
    }

    /**
     * Returns an empty store in memory.
     *
     * @param clock the clock for the creation of conversations and the expiry of messages
     */
    static ChatStore inMemory(Clock clock) {
        return inMemory(clock, InMemoryLimits.NONE);
    }

    /**
     * Returns an empty store in memory that keeps a limited number of messages of each conversation.
     *
     * @param clock the clock for the creation of conversations and the expiry of messages
     */
    static ChatStore inMemory(Clock clock, InMemoryLimits limits) {
        return new InMemoryChatStore(requireNonNull(clock, "clock"), requireNonNull(limits, "limits"));
    }

    /**
     * Returns the store's epoch, an id that is created with its data. Positions are valid within one epoch only. Never
     * blocks.
     */
    String epoch();

    /**
     * Returns the key with which the nodes of a cluster sign their frames: 32 random bytes that are created with the
     * data, and known only to those who can read the store. Never blocks. Empty if several nodes cannot share this
     * store, as in this implementation.
     */
    default Optional<byte[]> clusterKey() {
        return Optional.empty();
    }

    /** Returns the part that stores devices. Always returns the same object; never blocks. */
    DeviceStore devices();

    /** Returns the part that stores calls. Always returns the same object; never blocks. */
    CallStore calls();

    /**
     * Erases a user. Messages keep their sequence numbers and lose their content and sender. Memberships, receipts,
     * reactions, settings and devices are deleted. If the same id is used later, it is a new user.
     *
     * <p>The time grows with the number of the user's messages. A repeated call completes one that a crash interrupted.
     * A host calls {@code ChatService.eraseUser} instead, which calls this before and after all work in progress has
     * ended.
     */
    void eraseUser(String userId);

    /**
     * Checks whether the store can be reached.
     *
     * @throws io.roomcast.chat.model.ChatException if it cannot
     */
    void ping();

    /** Releases the resources that the store itself opened. A second call has no effect. */
    @Override
    void close();
}
