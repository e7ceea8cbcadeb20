package io.roomcast.chat.internal;

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
 * Messages whose append failed although the store may hold them: what follows a commit is owed for each that it holds.
 *
 * <p>The client's repeat finds out, or a look into the store, whichever comes first; each message is claimed once. A
 * message that the store does not hold half a minute after it answered again is forgotten. Safe for use by any thread;
 * only {@link #close} blocks.
 */
final class UnconfirmedMessages implements AutoCloseable {
    /** Takes a message that turned out to be stored, in no order; false if it cannot be taken now. */
    @FunctionalInterface
    interface Found {
        boolean take(Message message);
    }

    /** More than these are not followed up, unless the client repeats them while others leave room. */
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
    private final Timers timers;
    private final Found found;

    @Nullable
    private Future<?> timer;

    private boolean looking;
    private boolean closed;

    UnconfirmedMessages(MessageStore store, ConversationLanes lanes, Timers timers, Found found) {
        this.store = store;
        this.lanes = lanes;
        this.timers = timers;
        this.found = found;
    }

    /** Notes that it is not known whether the message is stored. */
    synchronized void add(MessageDraft draft) {
        if (messages.size() < MOST) {
            messages.put(draft.id(), new Unconfirmed(draft.conversationId(), draft.id(), 0));
            wake();
        }
    }

    /** Whether what follows a commit is owed for a stored message; the answer is yes once. */
    synchronized boolean claim(Message stored) {
        return !messages.isEmpty() && messages.remove(stored.id()) != null;
    }

    private void wake() {
        if (timer == null && !looking && !closed && !messages.isEmpty()) {
            timer = timers.after(PACE, this::handOver);
        }
    }

    /** Timers must not block, so that a worker asks the store. */
    private void handOver() {
        begin();
        try {
            lanes.anyTime(this::lookAndRest);
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

    /** Asks about one after the other, until the store fails. */
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

    /** Asks about all once more. */
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
