package io.roomcast.chat.mongo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
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
 * Caches the head of each recently written conversation, which holds its highest sequence number. Safe for use by several
 * threads.
 *
 * <p>A cached head may be too low, because another node has written since. The unique index then rejects the insert,
 * but only while the other node's message exists. So a head is used only for {@link #TRUSTED}, and a removed message
 * keeps its document for much longer. Conversations whose messages expire are read from the database each time. A
 * cached head is never too high, which would leave a gap.
 */
final class Heads {
    /** The time for which a head is used without another query. */
    static final Duration TRUSTED = Duration.ofMinutes(10);

    /** The maximum by which another node's report raises a head: {@value}. */
    static final long MAX_NOTED = 1_000;

    /**
     * The state of a conversation that a writer needs. Immutable.
     *
     * @param seq the highest sequence number; 0 if there are no messages
     * @param version the version of the newest complete change; not updated in this cache
     * @param retention the time for which messages are kept, which never changes; null if they do not expire
     */
    record Head(long seq, long version, @Nullable Duration retention) {
        /** The head of a conversation without messages. */
        static final Head NONE = new Head(0, 0, null);

        /** Returns this head with the sequence number, unless its own is higher. */
        Head raisedTo(long newSeq) {
            return newSeq > seq ? new Head(newSeq, version, retention) : this;
        }

        /** Returns the message that the draft becomes under this sequence number. */
        StoredMessage assignTo(MessageDraft draft, Instant now) {
            return StoredMessage.of(draft, seq, retention, now);
        }
    }

    /**
     * A point in time on two clocks, because one stops while the machine sleeps and the other may be set.
     *
     * @param nanos the time of {@link System#nanoTime}
     * @param millis the time of the wall clock
     */
    record Moment(long nanos, long millis) {
        private static final Moment LONG_AGO = new Moment(0, Long.MIN_VALUE);

        private boolean isOlderThan(Duration age, Moment now) {
            long passed = now.millis - millis;
            return passed < 0 || passed > age.toMillis() || now.nanos - nanos > age.toNanos();
        }
    }

    private record Known(Head head, Moment confirmed) {
        Known and(Known other) {
            Moment later = other.confirmed.millis >= confirmed.millis ? other.confirmed : confirmed;
            return new Known(head.raisedTo(other.head.seq()), later);
        }
    }

    private final int capacity;
    private final Clock clock;

    @GuardedBy("this")
    private final Map<String, Known> heads = new LinkedHashMap<>(16, 0.75f, true);

    Heads(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Returns the current moment; take it before reading from the database what is then passed to {@link #put}. */
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
    synchronized long highestSeen(String conversationId) {
        Known known = heads.get(conversationId);
        return known == null ? 0 : known.head().seq();
    }

    /** Caches a head that was read from the database after the given moment. */
    synchronized void put(String conversationId, Head head, Moment asked) {
        heads.merge(conversationId, new Known(head, asked), Known::and);
        if (heads.size() > capacity) {
            Iterator<String> leastRecent = heads.keySet().iterator();
            leastRecent.next();
            leastRecent.remove();
        }
    }

    /** Removes a cached head. */
    synchronized void forget(String conversationId) {
        heads.remove(conversationId);
    }

    /** Raises a cached head to the sequence number of a message that was inserted after the given moment. */
    synchronized void inserted(String conversationId, long seq, Moment sent) {
        heads.computeIfPresent(
                conversationId, (id, known) -> known.and(new Known(known.head().raisedTo(seq), sent)));
    }

    /**
     * Raises a cached head to the sequence number of an existing message. Does not prolong the use of the head, because
     * newer messages may exist.
     */
    void found(String conversationId, long seq) {
        inserted(conversationId, seq, Moment.LONG_AGO);
    }

    /**
     * Raises a cached head to the sequence number of a message that another node reports. Ignores a number that exceeds
     * the head by more than {@value #MAX_NOTED}: a number that is too high leaves a gap for ever.
     */
    synchronized void noted(String conversationId, long seq) {
        if (seq - highestSeen(conversationId) <= MAX_NOTED) {
            found(conversationId, seq);
        }
    }
}
