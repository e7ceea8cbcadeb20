package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores the messages and changes of one conversation. Not safe for use by several threads. */
final class InMemoryLog {
    private record Key(String senderId, String clientMessageId) {
        static Key of(Message message) {
            return new Key(message.senderId(), message.clientMessageId());
        }
    }

    /** The sequence number of the message that a change touched, and the time of the change. */
    private record Touched(long seq, Instant at) {}

    /** The number of newest changes that are kept for clients that reconnect. It bounds memory. */
    static final int KEPT_CHANGES = 10_000;

    /** When a message expires, and its sequence number. */
    private record Expiry(Instant at, long seq) {}

    /** The messages in order, the oldest one first. An expired one leaves a hole behind an older one. */
    private final RingList<Message> kept = new RingList<>();

    private final Map<Key, Long> byKey = new HashMap<>();
    private final Map<String, Long> byId = new HashMap<>();
    /** The sequence numbers of the messages that were stored with mentions. */
    private final NavigableSet<Long> mentioning = new TreeSet<>();
    /** The sequence numbers of the pinned messages. */
    private final Set<Long> pinned = new TreeSet<>();
    /** What each change touched, the oldest change first. */
    private final RingList<Touched> changes = new RingList<>();

    private final NavigableSet<Expiry> expiring =
            new TreeSet<>(Comparator.comparing(Expiry::at).thenComparing(Expiry::seq));
    /** The number of removed messages, which were the oldest. */
    private long gone;
    /** The number of removed changes, which were the oldest. */
    private long goneChanges;

    AppendResult append(MessageDraft draft) {
        Long known = byKey.get(new Key(draft.senderId(), draft.clientMessageId()));
        if (known != null) {
            return new AppendResult.Duplicate(requireNonNull(at(known)));
        }
        if (!draft.mayFollow(head())) {
            return new AppendResult.Failed(ChatException.notNext(head()));
        }
        Message message = draft.at(head() + 1);
        kept.add(message);
        byKey.put(Key.of(message), message.seq());
        byId.put(message.id(), message.seq());
        if (!message.body().mentions().isEmpty()) {
            mentioning.add(message.seq());
        }
        if (message.expiresAt() != null) {
            expiring.add(new Expiry(message.expiresAt(), message.seq()));
        }
        return new AppendResult.Stored(message);
    }

    private long head() {
        return gone + kept.size();
    }

    private @Nullable Message at(long seq) {
        return kept.get((int) (seq - gone - 1));
    }

    Optional<Message> newest() {
        return kept.isEmpty() ? Optional.empty() : Optional.ofNullable(at(head()));
    }

    Optional<Message> message(String messageId) {
        return Optional.ofNullable(byId.get(messageId)).map(this::at);
    }

    Position position() {
        return new Position(head(), version());
    }

    /** Returns the position before all messages and changes of a time or later. Both are nearly in the order of time. */
    Position positionAt(Instant time) {
        int messages = kept.size();
        while (messages > 0 && !isOlder(kept.get(messages - 1), time)) {
            messages--;
        }
        int made = changes.size();
        while (made > 0 && !changeAt(made - 1).at().isBefore(time)) {
            made--;
        }
        return new Position(gone + messages, goneChanges + made);
    }

    /** Returns false for an expired message, whose time is not known. */
    private static boolean isOlder(@Nullable Message message, Instant time) {
        return message != null && message.createdAt().isBefore(time);
    }

    private Touched changeAt(int index) {
        return requireNonNull(changes.get(index));
    }

    boolean isActiveSince(Instant time) {
        boolean isSent = !kept.isEmpty() && !isOlder(at(head()), time);
        boolean isChanged =
                !changes.isEmpty() && !changeAt(changes.size() - 1).at().isBefore(time);
        return isSent || isChanged;
    }

    private long version() {
        return goneChanges + changes.size();
    }

    ChangeResult change(Change change) {
        Message before = message(change.messageId()).orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND));
        Message after = change.applyTo(before, version() + 1);
        boolean changed = !after.equals(before);
        if (changed) {
            requireRoomForPin(before, after);
            changes.add(new Touched(after.seq(), change.at()));
            if (changes.size() > KEPT_CHANGES) {
                changes.removeFirst();
                goneChanges++;
            }
            replace((int) (after.seq() - gone - 1), after);
        }
        return new ChangeResult(after, changed);
    }

    private void requireRoomForPin(Message before, Message after) {
        if (before.pin() == null && after.pin() != null && pinned.size() >= FixedLimits.PINS) {
            throw ChatException.of(ErrorCode.PIN_LIMIT);
        }
    }

    private void replace(int index, Message after) {
        kept.set(index, after);
        if (after.pin() == null) {
            pinned.remove(after.seq());
        } else {
            pinned.add(after.seq());
        }
    }

    List<Message> pins() {
        return pinned.stream().map(seq -> requireNonNull(at(seq))).toList();
    }

    List<Message> history(HistoryQuery query) {
        long head = head();
        return switch (query.anchor()) {
            case LATEST -> before(head, query.limit());
            case BEFORE -> before(query.seq() - 1, query.limit());
            case AFTER -> after(query.seq(), query.limit());
            case AROUND -> range(query.aroundFrom() - 1, query.aroundFrom() - 1 + query.limit());
        };
    }

    private List<Message> before(long end, int limit) {
        List<Message> page = new ArrayList<>();
        for (long seq = Math.min(end, head()); seq > gone && page.size() < limit; seq--) {
            addTo(page, seq);
        }
        Collections.reverse(page);
        return page;
    }

    private List<Message> after(long start, int limit) {
        List<Message> page = new ArrayList<>();
        for (long seq = Math.min(Math.max(start, gone), head()) + 1; seq <= head() && page.size() < limit; seq++) {
            addTo(page, seq);
        }
        return page;
    }

    private void addTo(List<Message> page, long seq) {
        Message message = at(seq);
        if (message != null) {
            page.add(message);
        }
    }

    /** Returns the messages with sequence numbers above {@code from}, up to {@code to}. */
    private List<Message> range(long from, long to) {
        int first = (int) Math.min(Math.max(0, from - gone), kept.size());
        int last = (int) Math.min(Math.max(first, to - gone), kept.size());
        return kept.copy(first, last);
    }

    CatchUp catchUp(CatchUpQuery query) {
        Position after = query.after();
        Position head = position();
        boolean isTooOld = after.version() < goneChanges;
        if (after.seq() > head.seq() || after.version() > head.version() || isTooOld) {
            return CatchUp.lost(query.conversationId(), head);
        }
        Position covered = new Position(
                Math.min(head.seq(), after.seq() + query.limit()),
                Math.min(head.version(), after.version() + query.limit()));
        List<Message> found = changed(after, covered);
        found.addAll(range(after.seq(), covered.seq()));
        return new CatchUp(query.conversationId(), found, covered, !covered.equals(head), false);
    }

    /** Returns the old messages that were changed, each once. */
    private List<Message> changed(Position after, Position covered) {
        NavigableSet<Long> touched = new TreeSet<>();
        changes.copy((int) (after.version() - goneChanges), (int) (covered.version() - goneChanges))
                .forEach(change -> touched.add(change.seq()));
        List<Message> found = new ArrayList<>();
        for (long seq : touched.headSet(after.seq(), true)) {
            if (seq > gone) {
                addTo(found, seq);
            }
        }
        return found;
    }

    /** Returns the messages after a sequence number that mention the user. */
    Stream<Message> mentions(String userId, long afterSeq) {
        return mentioning.tailSet(afterSeq, false).stream().map(this::at).filter(message -> message.mentions(userId));
    }

    void forgetUpTo(long seq) {
        forgetWhile(message -> message.seq() <= seq);
    }

    void forgetOlderThan(Instant limit) {
        forgetWhile(message -> !message.createdAt().isAfter(limit));
    }

    void forgetAllBut(int newest) {
        forgetWhile(message -> kept.size() > newest);
    }

    private void forgetWhile(Predicate<Message> isOld) {
        for (Message oldest = oldest(); oldest != null && isOld.test(oldest); oldest = oldest()) {
            forget(oldest);
        }
    }

    private @Nullable Message oldest() {
        return kept.isEmpty() ? null : kept.get(0);
    }

    private void forget(Message message) {
        byKey.remove(Key.of(message));
        byId.remove(message.id());
        mentioning.remove(message.seq());
        pinned.remove(message.seq());
        if (message.expiresAt() != null) {
            expiring.remove(new Expiry(message.expiresAt(), message.seq()));
        }
        kept.clear((int) (message.seq() - gone - 1));
        while (!kept.isEmpty() && kept.get(0) == null) {
            kept.removeFirst();
            gone++;
        }
    }

    boolean hasExpiring() {
        return !expiring.isEmpty();
    }

    Optional<Instant> nextExpiry() {
        return hasExpiring() ? Optional.of(expiring.first().at()) : Optional.empty();
    }

    void forgetExpired(Instant now) {
        while (hasExpiring() && !expiring.first().at().isAfter(now)) {
            forget(requireNonNull(at(expiring.first().seq())));
        }
    }

    void replaceAll(UnaryOperator<Message> replacement) {
        for (int index = 0; index < kept.size(); index++) {
            Message before = kept.get(index);
            Message after = before == null ? null : replacement.apply(before);
            if (before != null && after != null && !after.equals(before)) {
                replace(index, after);
                byKey.remove(Key.of(before));
                byKey.put(Key.of(after), after.seq());
            }
        }
    }
}
