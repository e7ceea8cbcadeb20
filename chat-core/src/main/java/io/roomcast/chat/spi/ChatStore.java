package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import java.time.Clock;

/**
 * The durable state: messages and their changes, each in one gap-free order for each conversation, and who belongs to it.
 *
 * <p>Every method may block and is called by any worker thread, never by a network thread. The caller serialises the
 * appends of one conversation on one node; several nodes may share one store, so an implementation must not rely on it
 * for correctness. A failure is a {@link io.roomcast.chat.model.ChatException} with
 * {@link io.roomcast.chat.model.ErrorCode#STORAGE_UNAVAILABLE}, or with
 * {@link io.roomcast.chat.model.ErrorCode#TIMEOUT} where the outcome is unknown.
 */
public interface ChatStore extends MessageStore, ConversationStore, ReceiptStore, AutoCloseable {
    /**
     * A store in this process's memory, empty at first and gone with it. Its memory grows with every message; see
     * {@link #inMemory(InMemoryLimits)}.
     */
    static ChatStore inMemory() {
        return inMemory(InMemoryLimits.NONE);
    }

    /** As {@link #inMemory()}, with a limit to what is kept of each conversation. */
    static ChatStore inMemory(InMemoryLimits limits) {
        return inMemory(Clock.systemUTC(), limits);
    }

    /** As {@link #inMemory()}, with a clock that tells when conversations are made and messages expire. */
    static ChatStore inMemory(Clock clock) {
        return inMemory(clock, InMemoryLimits.NONE);
    }

    /** As {@link #inMemory(InMemoryLimits)}, with a clock. */
    static ChatStore inMemory(Clock clock, InMemoryLimits limits) {
        return new InMemoryChatStore(requireNonNull(clock, "clock"), requireNonNull(limits, "limits"));
    }

    /** The id of the store's life: made with its data, and as old as they are. Known from the start: never blocks. */
    String epoch();

    /**
     * Erases a user. Messages keep their sequence numbers and lose their content and sender. Memberships, receipts and
     * reactions are deleted. A user who comes back under the same id is a new one.
     *
     * <p>The time grows with the number of the user's messages. A repeated call completes one that a crash interrupted.
     * A host calls {@code ChatService.eraseUser} instead, which calls this before and after all work in progress has
     * ended.
     */
    void eraseUser(String userId);

    /**
     * Whether the store can be reached now.
     *
     * @throws io.roomcast.chat.model.ChatException if it cannot
     */
    void ping();

    /** Frees what the store itself opened; a second call does nothing. */
    @Override
    void close();
}
