package io.roomcast.chat.internal.execution;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which messages on their way to the store a lane's task waits for, besides the tasks ahead of it.
 *
 * <p>A message never waits for another message: the commit lane keeps their order.
 */
public sealed interface Waits {
    /** Waits for no message. */
    static Waits none() {
        return None.INSTANCE;
    }

    /**
     * Waits until the session's own messages are stored or have failed. So a user cannot leave a room before the user's
     * message was sent there. Also waits for the session's pending join.
     */
    static Waits forOwnMessages(Object session) {
        return new ForOwnMessages(session);
    }

    /** Waits until all messages of the conversation are stored or have failed, and are therefore broadcast as well. */
    static Waits forAllMessages() {
        return ForAllMessages.INSTANCE;
    }

    /** Returns the session whose messages the task waits for, or null if it waits for none or for all. */
    default @Nullable Object session() {
        return null;
    }

    /**
     * Returns whether the task waits for a message of one of the sessions.
     *
     * @param senders the sessions with messages on their way to the store
     */
    boolean includeAnyOf(Set<Object> senders);

    /** The task waits for no message. */
    enum None implements Waits {
        INSTANCE;

        @Override
        public boolean includeAnyOf(Set<Object> senders) {
            return false;
        }
    }

    /**
     * The task waits for the messages of one session.
     *
     * @param session compared with {@code equals}
     */
    record ForOwnMessages(Object session) implements Waits {
        @Override
        public boolean includeAnyOf(Set<Object> senders) {
            return senders.contains(session);
        }
    }

    /** The task waits for the messages of all sessions. */
    enum ForAllMessages implements Waits {
        INSTANCE;

        @Override
        public boolean includeAnyOf(Set<Object> senders) {
            return !senders.isEmpty();
        }
    }
}
