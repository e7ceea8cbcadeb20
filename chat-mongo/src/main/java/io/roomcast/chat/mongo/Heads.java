package io.roomcast.chat.mongo;

import io.roomcast.chat.model.MessageDraft;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Caches the head (highest sequence number) of each recently written conversation. Safe for use by several threads.
 *
 * <p>A cached head may be too low, because another node has written since. The unique index then refuses the insert,
 * but only while the other node's message exists. So a head is trusted only for {@link #TRUSTED}, and a removed message
 * keeps its document for much longer. Conversations whose messages expire are read from the database each time. A
 * cached head is never too high, which would leave a gap.
 */
final class Heads {
    /** How long a head is used without asking the database again. */
    static final Duration TRUSTED = Duration.ofMinutes(10);

    /**
     * What a writer needs to know of a conversation. Immutable.
     *
     * @param seq its newest sequence number; 0 if it has none
     * @param version its newest change that is done; not kept up to date here
     * @param retention how long its messages are kept, which never changes; null for ever
     */
    record Head(long seq, long version, @Nullable Duration retention) {
        static final Head NONE = new Head(0, 0, null);

        Head raisedTo(long newSeq) {
            return newSeq > seq ? new Head(newSeq, version, retention) : this;
        }

        StoredMessage place(MessageDraft draft, Instant now) {
            return StoredMessage.of(draft.at(seq), retention, now);
        }
    }

    /**
     * A point in time on two clocks: one stands still while the machine sleeps, the other may be set.
     *
     * @param nanos the time since some origin
     * @param millis the time of day
     */
    record Moment(long nanos, long millis) {
        private static final Moment LONG_AGO = new Moment(0, Long.MIN_VALUE);

        private boolean isOlderThan(Duration age, Moment now) {
            long passed = now.millis - millis;
            return passed < 0 || passed > age.toMillis() || now.nanos - nanos > age.toNanos();
        }
    }

    private record Known(Head head, Moment confirmed) {
        Known and(Known news) {
            Moment later = news.confirmed.millis >= confirmed.millis ? news.confirmed : confirmed;
            return new Known(head.raisedTo(news.head.seq()), later);
        }
    }

    private final int capacity;
    private final Clock clock;
    private final Map<String, Known> heads = new LinkedHashMap<>(16, 0.75f, true);

    Heads(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Returns the current moment; take it before reading from the database what is then passed to {@link #learn}. */
    Moment now() {
        return new Moment(System.nanoTime(), clock.millis());
    }

    /** Returns the head if it may be used now. */
    synchronized Optional<Head> of(String conversationId) {
        Moment now = now();
        return Optional.ofNullable(heads.get(conversationId))
                .filter(known -> !known.confirmed().isOlderThan(TRUSTED, now))
                .map(Known::head)
                .filter(head -> head.retention() == null);
    }

    /** Returns the highest sequence number seen so far; 0 if none. */
    synchronized long seen(String conversationId) {
        Known known = heads.get(conversationId);
        return known == null ? 0 : known.head().seq();
    }

    /** Records a head that was read from the database after the given moment. */
    synchronized void learn(String conversationId, Head head, Moment asked) {
        heads.merge(conversationId, new Known(head, asked), Known::and);
        if (heads.size() > capacity) {
            Iterator<String> leastRecent = heads.keySet().iterator();
            leastRecent.next();
            leastRecent.remove();
        }
    }

    /** Raises a known head to the sequence number of a message inserted after the given moment. */
    synchronized void inserted(String conversationId, long seq, Moment sent) {
        heads.computeIfPresent(
                conversationId, (id, known) -> known.and(new Known(known.head().raisedTo(seq), sent)));
    }

    /**
     * Raises a known head to an existing message's number. Does not renew trust in the head, because newer messages may
     * exist.
     */
    void found(String conversationId, long seq) {
        inserted(conversationId, seq, Moment.LONG_AGO);
    }
}
