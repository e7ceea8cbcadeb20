package io.roomcast.chat.spi;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** One conversation's messages and changes. Not safe for use by several threads. */
final class InMemoryLog {
    private record Key(String senderId, String clientMessageId) {
        static Key of(Message message) {
            return new Key(message.senderId(), message.clientMessageId());
        }
    }

    private final List<Message> kept = new ArrayList<>();
    private final Map<Key, Long> byKey = new HashMap<>();
    private final Map<String, Long> byId = new HashMap<>();
    /** The place of the message that each change touched, the first change first. */
    private final List<Long> changes = new ArrayList<>();
    /** How many messages are gone; they were the oldest. */
    private long gone;

    AppendResult append(MessageDraft draft) {
        Long known = byKey.get(new Key(draft.senderId(), draft.clientMessageId()));
        if (known != null) {
            return new AppendResult.Duplicate(at(known));
        }
        Message message = draft.at(head() + 1);
        kept.add(message);
        byKey.put(Key.of(message), message.seq());
        byId.put(message.id(), message.seq());
        return new AppendResult.Stored(message);
    }

    private long head() {
        return gone + kept.size();
    }

    private Message at(long seq) {
        return kept.get((int) (seq - gone - 1));
    }

    Optional<Message> newest() {
        return kept.isEmpty() ? Optional.empty() : Optional.of(at(head()));
    }

    Optional<Message> message(String messageId) {
        return Optional.ofNullable(byId.get(messageId)).map(this::at);
    }

    Position position() {
        return new Position(head(), changes.size());
    }

    ChangeResult change(Change change) {
        Message before = message(change.messageId()).orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND));
        Message after = change.applyTo(before, changes.size() + 1L);
        boolean changed = !after.equals(before);
        if (changed) {
            changes.add(after.seq());
            kept.set((int) (after.seq() - gone - 1), after);
        }
        return new ChangeResult(after, changed);
    }

    List<Message> history(HistoryQuery query) {
        long head = head();
        return switch (query.anchor()) {
            case LATEST -> range(head - query.limit(), head);
            case BEFORE -> before(Math.min(query.seq() - 1, head), query.limit());
            case AFTER -> after(Math.max(query.seq(), gone), query.limit());
            case AROUND -> after(query.aroundFrom() - 1, query.limit());
        };
    }

    private List<Message> before(long end, int limit) {
        return range(end - limit, end);
    }

    private List<Message> after(long start, int limit) {
        return range(start, start + Math.min(limit, Math.max(0, head() - start)));
    }

    /** The messages with places above {@code from}, up to {@code to}. */
    private List<Message> range(long from, long to) {
        int first = (int) Math.min(Math.max(0, from - gone), kept.size());
        int last = (int) Math.min(Math.max(first, to - gone), kept.size());
        return List.copyOf(kept.subList(first, last));
    }

    CatchUp catchUp(CatchUpQuery query) {
        Position after = query.after();
        Position head = position();
        if (after.seq() > head.seq() || after.version() > head.version()) {
            return CatchUp.lost(query.conversationId(), head);
        }
        Position covered = new Position(
                Math.min(head.seq(), after.seq() + query.limit()),
                Math.min(head.version(), after.version() + query.limit()));
        List<Message> found = changed(after, covered);
        found.addAll(range(after.seq(), covered.seq()));
        return new CatchUp(query.conversationId(), found, covered, !covered.equals(head), false);
    }

    /** Old messages that were changed; each once, however often. */
    private List<Message> changed(Position after, Position covered) {
        List<Long> touched = changes.subList((int) after.version(), (int) covered.version());
        List<Message> found = new ArrayList<>();
        for (long seq : new TreeSet<>(touched).headSet(after.seq(), true)) {
            if (seq > gone) {
                found.add(at(seq));
            }
        }
        return found;
    }

    void forgetUpTo(long seq) {
        forgetWhile(message -> message.seq() <= seq);
    }

    void forgetOlderThan(Instant limit) {
        forgetWhile(message -> !message.createdAt().isAfter(limit));
    }

    private void forgetWhile(Predicate<Message> isOld) {
        while (!kept.isEmpty() && isOld.test(kept.get(0))) {
            Message oldest = kept.remove(0);
            byKey.remove(Key.of(oldest));
            byId.remove(oldest.id());
            gone++;
        }
    }

    void replaceAll(UnaryOperator<Message> replacement) {
        kept.replaceAll(replacement);
        byKey.clear();
        kept.forEach(message -> byKey.put(Key.of(message), message.seq()));
    }
}
