package io.roomcast.chat.internal.handler;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.port.SafeScheduler;
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
 * <p>The sender's retry or a look-up in the store finds out, whichever is first. Each message is claimed once. A
 * message is forgotten if the store does not hold it half a minute after the store answered again. Safe for use by any
 * thread; only {@link #close} blocks.
 */
final class UnconfirmedMessages implements AutoCloseable {
    /**
     * Takes a message that was found in the store, in no particular order. Returns false if it cannot take the message
     * now.
     */
    @FunctionalInterface
    interface Found {
        boolean take(Message message);
    }

    /** The most messages to track. Others are followed up only if the client repeats them while there is room. */
    static final int MOST = 10_000;

    static final Duration PACE = Duration.ofSeconds(1);
    private static final int LOOKS = 30;
    private static final Logger log = LoggerFactory.getLogger(UnconfirmedMessages.class);

    private record Unconfirmed(String conversationId, String messageId, int looks) {
        private Unconfirmed looked() {
            return new Unconfirmed(conversationId, messageId, looks + 1);
        }
    }

    private final Map<String, Unconfirmed> messages = new LinkedHashMap<>();
    private final MessageStore store;
    private final ConversationLanes lanes;
    private final SafeScheduler timers;
    private final Found found;

    @Nullable
    private Future<?> timer;

    private boolean looking;
    private boolean closed;

    UnconfirmedMessages(MessageStore store, ConversationLanes lanes, SafeScheduler timers, Found found) {
        this.store = store;
        this.lanes = lanes;
        this.timers = timers;
        this.found = found;
    }

    /** Records that it is unknown whether the message is stored. */
    synchronized void add(MessageDraft draft) {
        if (messages.size() < MOST) {
            messages.put(draft.id(), new Unconfirmed(draft.conversationId(), draft.id(), 0));
            wake();
        }
    }

    /** Returns whether a stored message needs its follow-up. Returns true only once for each message. */
    synchronized boolean claim(Message stored) {
        return !messages.isEmpty() && messages.remove(stored.id()) != null;
    }

    private void wake() {
        if (timer == null && !looking && !closed && !messages.isEmpty()) {
            timer = timers.schedule(PACE, this::handOver);
        }
    }

    /** Hands the look-up to a worker, as timers must not block. */
    private void handOver() {
        begin();
        try {
            lanes.execute(this::lookAndRest);
        } catch (ChatException busy) {
            end();
        }
    }

    private synchronized void begin() {
        timer = null;
        looking = true;
    }

    private synchronized void end() {
        looking = false;
        wake();
    }

    private void lookAndRest() {
        try {
            look();
        } finally {
            end();
        }
    }

    /** Looks up one message after the other, until the store fails. */
    private void look() {
        try {
            for (Unconfirmed next : unconfirmed()) {
                look(next);
            }
        } catch (RuntimeException away) {
            log.debug("It is still unknown which messages are stored", away);
        }
    }

    private synchronized List<Unconfirmed> unconfirmed() {
        return new ArrayList<>(messages.values());
    }

    private void look(Unconfirmed message) {
        Optional<Message> stored = store.message(message.conversationId(), message.messageId());
        if (stored.isEmpty()) {
            notFound(message);
        } else if (claim(stored.get()) && !found.take(stored.get())) {
            restore(message);
        }
    }

    private synchronized void notFound(Unconfirmed message) {
        messages.computeIfPresent(message.messageId(), (id, known) -> known.looks() < LOOKS ? known.looked() : null);
    }

    private synchronized void restore(Unconfirmed message) {
        messages.put(message.messageId(), message);
    }

    synchronized int size() {
        return messages.size();
    }

    /** Looks up all messages once more. */
    @Override
    public void close() {
        stop();
        look();
    }

    private synchronized void stop() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
