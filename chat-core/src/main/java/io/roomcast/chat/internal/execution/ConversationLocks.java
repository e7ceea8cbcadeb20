package io.roomcast.chat.internal.execution;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets one thread at a time change a conversation. A thread holds the lock from before its change is stored until the
 * events of the change are sent, so events are sent in the order in which the changes were stored.
 *
 * <p>Lanes do not ensure this, as the host's changes run on the host's threads. Safe for use by any thread.
 */
public final class ConversationLocks {
    /** The number of locks. Conversations share them, as one for each conversation would have to be removed again. */
    private static final int LOCKS = 64;

    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();
    private final Duration timeout;

    /**
     * Creates locks that no thread holds.
     *
     * @param timeout how long a change may wait for earlier ones
     */
    public ConversationLocks(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Runs a change, with the sending of its events, while no other thread changes the conversation. Blocks until the
     * earlier changes have ended.
     *
     * @throws ChatException {@link ErrorCode#TIMEOUT} if they do not end in time
     */
    public <T> T run(String conversationId, Supplier<T> change) {
        Runnable release = acquire(conversationId);
        try {
            return change.get();
        } finally {
            release.run();
        }
    }

    /**
     * Blocks until no other thread changes the conversation. Returns a task that permits the next change, which the same
     * thread must run.
     *
     * @throws ChatException {@link ErrorCode#TIMEOUT} if the earlier changes do not end in time
     */
    public Runnable acquire(String conversationId) {
        Lock lock = locks.get(Math.floorMod(conversationId.hashCode(), LOCKS));
        try {
            if (!lock.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw ChatException.of(ErrorCode.TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ChatException.of(ErrorCode.TIMEOUT, interrupted);
        }
        return lock::unlock;
    }
}
