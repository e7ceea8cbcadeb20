package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A client of the model: reports what it receives twice, too early or never. The last state received is its state. */
final class ModelClient {
    private final String name;
    private final TestSession session = TestSession.of("user");
    private final Map<Long, Message> state = new HashMap<>();
    private final Runnable sync;
    private final Consumer<String> errors;
    private long seq = RoomFeed.UNKNOWN;
    private long start;
    private long mayRepeatUpTo;
    private boolean syncing;
    private boolean gone;

    /**
     * Creates a client that is in no room.
     *
     * @param sync fetches what the client lacks, and calls {@link #synced}
     */
    ModelClient(String name, Consumer<ModelClient> sync, Consumer<String> errors) {
        this.name = name;
        this.sync = () -> sync.accept(this);
        this.errors = errors;
    }

    TestSession session() {
        return session;
    }

    void leave() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    /** Has the client know the messages up to a number, from an earlier visit. */
    void knowAlready(List<Message> messages) {
        messages.forEach(message -> state.put(message.seq(), message));
    }

    /** Answers a join. */
    void joined(long after, long position, List<Message> missed) {
        missed.forEach(message -> state.put(message.seq(), message));
        start = after;
        seq = position;
    }

    /** Answers a join without a position: the client fetches the history, and may receive some of it again. */
    void joinedWithHistory(CatchUp all) {
        joined(0, all.covered().seq(), all.messages());
        mayRepeatUpTo = all.covered().seq();
    }

    void synced(CatchUp page) {
        knowAlready(page.messages());
        seq = Math.max(seq, page.covered().seq());
        mayRepeatUpTo = Math.max(mayRepeatUpTo, page.covered().seq());
        syncing = false;
    }

    void receive(ChatEvent event) {
        if (seq == RoomFeed.UNKNOWN) {
            errors.accept(name + " received an event before it joined");
        } else if (event instanceof MessageSent sent) {
            receive(sent.message());
        } else if (event instanceof MessageChanged changed) {
            change(changed.message());
        } else {
            syncing = true;
            sync.run();
        }
    }

    private void receive(Message message) {
        boolean repeats = message.seq() <= seq;
        if (repeats && message.seq() > mayRepeatUpTo) {
            errors.accept(name + " received twice " + message.seq());
        } else if (!repeats && message.seq() != seq + 1 && !syncing) {
            errors.accept(name + " missed " + (seq + 1) + " before " + message.seq());
        }
        state.merge(message.seq(), message, (one, other) -> other.version() >= one.version() ? other : one);
        seq = syncing ? seq : Math.max(seq, message.seq());
    }

    private void change(Message message) {
        if (message.seq() > seq && !syncing) {
            errors.accept(name + " received a change of the unknown message " + message.seq());
        }
        if (state.containsKey(message.seq())) {
            state.put(message.seq(), message);
        }
    }

    /** Compares the client's state with what is stored. */
    void check(List<Message> stored) {
        if (gone || seq == RoomFeed.UNKNOWN) {
            return;
        }
        if (seq != stored.size()) {
            errors.accept(name + " ends at " + seq + " of " + stored.size());
        }
        stored.stream().filter(message -> message.seq() > start).forEach(this::check);
    }

    private void check(Message stored) {
        Message known = state.get(stored.seq());
        if (known == null) {
            errors.accept(name + " lacks " + stored.seq());
        } else if (known.version() != stored.version()) {
            errors.accept(name + " has a stale " + stored.seq());
        }
    }
}
