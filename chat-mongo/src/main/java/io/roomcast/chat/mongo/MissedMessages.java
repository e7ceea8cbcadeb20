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

/** What a client has missed of one conversation, as far as it has been read. For one thread. */
final class MissedMessages {
    private final String conversationId;
    private final Position after;
    private final int limit;
    private final long version;
    private final List<Message> messages = new ArrayList<>();
    private final SortedSet<Long> touched = new TreeSet<>();
    private long seq;
    private long rows;

    MissedMessages(CatchUpQuery query, Head head) {
        this.conversationId = query.conversationId();
        this.after = query.after();
        this.limit = query.limit();
        this.version = head.version();
        this.seq = head.seq();
    }

    /**
     * One more than is wanted, which tells that there is more; and of a client that seems to know more than the
     * conversation does, its own newest message.
     */
    SeqRange newPlaces() {
        long above = isAhead() ? after.seq() - 1 : after.seq();
        return SeqRange.range(conversationId, above, lastWanted() + 1);
    }

    private long lastWanted() {
        return after.seq() + limit;
    }

    void take(Message message) {
        seq = Math.max(seq, message.seq());
        if (message.seq() > after.seq() && message.seq() <= lastWanted()) {
            messages.add(message);
        }
    }

    /** Whether no trace of the client's newest message was found. */
    boolean isAhead() {
        return after.seq() > seq;
    }

    /** Tells the newest place there is; what is above the client's was not read, and so is not covered. */
    void confirm(long newest) {
        seq = Math.max(seq, Math.min(newest, after.seq()));
    }

    boolean hasChanges() {
        return !isAhead() && after.version() < version;
    }

    SeqRange changedPlaces() {
        return SeqRange.range(conversationId, after.version(), coveredVersion());
    }

    private long coveredVersion() {
        return Math.min(version, after.version() + limit);
    }

    void touched(long touchedSeq) {
        rows++;
        touched.add(touchedSeq);
    }

    boolean hasOld() {
        return !isLost() && !old().isEmpty();
    }

    SeqRange oldPlaces() {
        return SeqRange.of(conversationId, old());
    }

    private SortedSet<Long> old() {
        return touched.headSet(after.seq() + 1);
    }

    void takeOld(Message message) {
        messages.add(message);
    }

    /** Rows are dense, so one that is not there was too old to be kept. */
    private boolean isLost() {
        return isAhead() || after.version() > version || rows < coveredVersion() - after.version();
    }

    CatchUp answer() {
        Position head = new Position(seq, version);
        if (isLost()) {
            return CatchUp.lost(conversationId, head);
        }
        messages.sort(Comparator.comparingLong(Message::seq));
        Position covered = new Position(Math.min(seq, lastWanted()), coveredVersion());
        return new CatchUp(conversationId, messages, covered, !covered.equals(head), false);
    }
}
