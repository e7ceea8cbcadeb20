package io.roomcast.chat.internal.execution;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.MessageStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks messages whose append failed although the store may hold them. Each one that the store holds needs its
 * follow-up.
 *
 * <p>The sender's retry or a look-up in the store finds out, whichever is first. Each message is taken once. A message is
 * forgotten if the store does not hold it half a minute after the store became available again. Safe for use by any
 * thread; only {@link #close} blocks.
 */
public final class UnconfirmedMessages implements AutoCloseable {
    /** Receives messages that were found in the store, in no particular order. */
    @FunctionalInterface
    public interface FoundListener {
        /** Follows up a message. Returns false if that is not possible now. */
        boolean onFound(Message message);
    }

    /** The maximum number of messages to track. Others are followed up only if the client repeats them in time. */
    private static final int MAX_MESSAGES = 10_000;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** The number of look-ups without a result after which a message counts as not stored. */
    private static final int MAX_LOOKUPS = 30;

    private static final Logger log = LoggerFactory.getLogger(UnconfirmedMessages.class);

    private record Unconfirmed(String conversationId, String messageId, int lookups) {
        private Unconfirmed afterLookup() {
            return new Unconfirmed(conversationId, messageId, lookups + 1);
        }
    }

    @GuardedBy("this")
    private final Map<String, Unconfirmed> messages = new LinkedHashMap<>();

    private final MessageStore store;
    private final ConversationLanes lanes;
    private final SafeScheduler scheduler;
    private final FoundListener listener;

    @GuardedBy("this")
    @Nullable
    private Future<?> timer;

    @GuardedBy("this")
    private boolean lookingUp;

    @GuardedBy("this")
    private boolean closed;

    public UnconfirmedMessages(
            MessageStore store, ConversationLanes lanes, SafeScheduler scheduler, FoundListener listener) {
        this.store = store;
        this.lanes = lanes;
        this.scheduler = scheduler;
        this.listener = listener;
    }

    /** Records that it is unknown whether the message is stored. */
    public synchronized void add(MessageDraft draft) {
        if (messages.size() < MAX_MESSAGES) {
            messages.put(draft.id(), new Unconfirmed(draft.conversationId(), draft.id(), 0));
            scheduleLookup();
        }
    }

    /** Returns whether a stored message needs its follow-up, which the caller must do. True only once for a message. */
    public synchronized boolean take(Message stored) {
        return !messages.isEmpty() && messages.remove(stored.id()) != null;
    }

    @GuardedBy("this")
    private void scheduleLookup() {
        if (timer == null && !lookingUp && !closed && !messages.isEmpty()) {
            timer = scheduler.schedule(INTERVAL, this::lookUpOnWorker);
        }
    }

    /** Hands the look-up to a worker, as timers must not block. */
    private void lookUpOnWorker() {
        begin();
        try {
            lanes.execute(this::lookUpThenEnd);
        } catch (ChatException busy) {
            end();
        }
    }

    private synchronized void begin() {
        timer = null;
        lookingUp = true;
    }

    private synchronized void end() {
        lookingUp = false;
        scheduleLookup();
    }

    private void lookUpThenEnd() {
        try {
            lookUp();
        } finally {
            end();
        }
    }

    /** Looks up one message after the other, until the store fails. */
    private void lookUp() {
        try {
            for (Unconfirmed next : snapshot()) {
                lookUp(next);
            }
        } catch (RuntimeException unavailable) {
            log.debug("could not look up unconfirmed messages", unavailable);
        }
    }

    private synchronized List<Unconfirmed> snapshot() {
        return new ArrayList<>(messages.values());
    }

    private void lookUp(Unconfirmed message) {
        Optional<Message> stored = store.message(message.conversationId(), message.messageId());
        if (stored.isEmpty()) {
            notFound(message);
        } else if (take(stored.get()) && !listener.onFound(stored.get())) {
            restore(message);
        }
    }

    private synchronized void notFound(Unconfirmed message) {
        messages.computeIfPresent(
                message.messageId(), (id, known) -> known.lookups() < MAX_LOOKUPS ? known.afterLookup() : null);
    }

    private synchronized void restore(Unconfirmed message) {
        messages.put(message.messageId(), message);
    }

    public synchronized int size() {
        return messages.size();
    }

    /** Looks up all messages once more. */
    @Override
    public void close() {
        stop();
        lookUp();
    }

    private synchronized void stop() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
