package io.roomcast.chat.mongo;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.mongo.Heads.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Collects the messages of one conversation that a client has missed, new ones and changed ones. For one thread.
 *
 * <p>The caller reads what {@link #newRange}, {@link #missedVersions} and {@link #changedSeqs} ask for, in this order.
 */
final class MissedMessages {
    private final String conversationId;
    private final Position after;
    private final int limit;
    private final long version;
    private final List<Message> messages = new ArrayList<>();
    private final SortedSet<Long> changed = new TreeSet<>();
    private long seq;
    private long rows;

    /**
     * Creates a collection without messages.
     *
     * @param head the head that the conversation's document records; its sequence number may lag behind the messages
     */
    MissedMessages(CatchUpQuery query, Head head) {
        this.conversationId = query.conversationId();
        this.after = query.after();
        this.limit = query.limit();
        this.version = head.version();
        this.seq = head.seq();
    }

    /**
     * Returns the sequence numbers to read: one more than the limit, which shows whether there are more. If the client
     * is ahead, also the client's own newest number.
     */
    SeqRange newRange() {
        long above = isAhead() ? after.seq() - 1 : after.seq();
        return SeqRange.range(conversationId, above, lastReturnedSeq() + 1);
    }

    private long lastReturnedSeq() {
        return after.seq() + limit;
    }

    /** Adds a message within {@link #newRange}. */
    void addNew(Message message) {
        seq = Math.max(seq, message.seq());
        if (message.seq() > after.seq() && message.seq() <= lastReturnedSeq()) {
            messages.add(message);
        }
    }

    /** Returns whether the client's sequence number is higher than any known so far. */
    boolean isAhead() {
        return after.seq() > seq;
    }

    /**
     * Raises the head to the newest stored sequence number, but not above the client's, because messages above it were
     * not read.
     */
    void confirmHead(long newest) {
        seq = Math.max(seq, Math.min(newest, after.seq()));
    }

    /** Returns whether messages were changed after the client's version. */
    boolean hasMissedVersions() {
        return !isAhead() && after.version() < version;
    }

    /** Returns the versions whose change rows are to be read. */
    SeqRange missedVersions() {
        return SeqRange.range(conversationId, after.version(), coveredVersion());
    }

    private long coveredVersion() {
        return Math.min(version, after.version() + limit);
    }

    /** Records a change row within {@link #missedVersions}, by the sequence number of the changed message. */
    void recordChange(long changedSeq) {
        rows++;
        changed.add(changedSeq);
    }

    /** Returns whether changed messages remain to be read. */
    boolean hasChangedSeqs() {
        return !isLost() && !changedOldSeqs().isEmpty();
    }

    /** Returns the sequence numbers of changed messages that the client had before. */
    SeqRange changedSeqs() {
        return SeqRange.of(conversationId, changedOldSeqs());
    }

    private SortedSet<Long> changedOldSeqs() {
        return changed.headSet(after.seq() + 1);
    }

    /** Adds a message within {@link #changedSeqs}. */
    void addChanged(Message message) {
        messages.add(message);
    }

    /** Versions are dense, so a missing row has expired. */
    private boolean isLost() {
        return isAhead() || after.version() > version || rows < coveredVersion() - after.version();
    }

    /** Returns the result for the client. */
    CatchUp result() {
        Position head = new Position(seq, version);
        if (isLost()) {
            return CatchUp.lost(conversationId, head);
        }
        messages.sort(Comparator.comparingLong(Message::seq));
        Position covered = new Position(Math.min(seq, lastReturnedSeq()), coveredVersion());
        return new CatchUp(conversationId, messages, covered, !covered.equals(head), false);
    }
}
