package io.roomcast.chat.internal.host;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The events of one conversation that this server has stored and the follower has not handled. A few are kept, so that
 * they need not be read from the store. Safe for use by any thread; never blocks.
 */
final class PendingEvents {
    /** The most events that are kept. If there are more, they are read from the store. */
    static final int MAX_KEPT = 256;

    /** Events, and the position after them. */
    record Batch(List<ChatEvent> events, Position end) {
        /** Returns the batch in parts of bounded size, each with the position after it. */
        List<Batch> parts(int limit, Position start) {
            List<Batch> parts = new ArrayList<>();
            Position after = start;
            for (int from = 0; from < events.size(); from += limit) {
                int to = Math.min(from + limit, events.size());
                List<ChatEvent> part = events.subList(from, to);
                after = to == events.size() ? end : after(after, part);
                parts.add(new Batch(List.copyOf(part), after));
            }
            return parts.isEmpty() ? List.of(this) : parts;
        }

        /** The latest state of a message may be newer than the end of the batch. */
        private Position after(Position start, List<ChatEvent> part) {
            long seq = start.seq();
            long version = start.version();
            for (ChatEvent event : part) {
                if (event instanceof MessageSent sent) {
                    seq = sent.message().seq();
                } else if (event instanceof MessageChanged changed) {
                    version = Math.min(end.version(), changed.message().version());
                }
            }
            return new Position(seq, version);
        }
    }

    @GuardedBy("this")
    private final Deque<ChatEvent> kept = new ArrayDeque<>();

    @GuardedBy("this")
    private long knownSeq = Position.START.seq();

    @GuardedBy("this")
    private long knownVersion = Position.START.version();

    /** Adds an event about a message. */
    synchronized void add(ChatEvent event, Message message) {
        knownSeq = Math.max(knownSeq, message.seq());
        knownVersion = Math.max(knownVersion, message.version());
        if (kept.size() == MAX_KEPT) {
            kept.clear();
        }
        kept.add(event);
    }

    /** Returns the highest numbers that are known to exist. */
    synchronized Position known() {
        return new Position(knownSeq, knownVersion);
    }

    /** Forgets the events, so that they are read from the store. */
    synchronized void clear() {
        kept.clear();
    }

    /** Removes and returns the kept events that directly follow a position. */
    synchronized Batch takeAfter(Position position) {
        List<ChatEvent> taken = new ArrayList<>(kept.size());
        long seq = position.seq();
        long version = position.version();
        for (ChatEvent event = kept.poll(); event != null; event = kept.poll()) {
            if (event instanceof MessageSent sent && sent.message().seq() == seq + 1) {
                taken.add(event);
                seq++;
            } else if (event instanceof MessageChanged changed && isNext(changed.message(), seq, version)) {
                taken.add(ofChange(changed.message()));
                version++;
            }
        }
        return new Batch(taken, new Position(seq, version));
    }

    private static boolean isNext(Message changed, long seq, long version) {
        return changed.version() == version + 1 && changed.seq() <= seq;
    }

    /** Returns the event of a change as it is read from the store, which does not know what the change was. */
    private static ChatEvent ofChange(Message message) {
        return message.isDeleted() ? new MessageDeleted(message) : new MessageEdited(message);
    }

    /**
     * Returns the events of a page that was read after a position. A new message that has changed meanwhile is also passed
     * as a change: the follower may have handled the message before a crash, and would take it for a repeat.
     */
    static Batch of(CatchUp page, Position after) {
        Stream<ChatEvent> sent = page.messages().stream()
                .filter(message -> message.seq() > after.seq())
                .map(MessageSent::new);
        Stream<ChatEvent> changed = page.messages().stream()
                .filter(message -> message.seq() <= after.seq() || message.version() > after.version())
                .sorted(Comparator.comparingLong(Message::version))
                .map(PendingEvents::ofChange);
        return new Batch(Stream.concat(sent, changed).toList(), page.covered());
    }
}
