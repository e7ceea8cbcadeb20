package io.roomcast.chat.internal;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Session;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session on its way into one room. Used by one thread at a time; only {@link #revoke} may be called by any other.
 */
final class PendingJoin {
    /** Takes the outcome of what a client asked for, once. */
    interface Outcome {
        /** The session is in the room; called in the conversation's order. What the call publishes is still to be told. */
        void joined(JoinRoom.Joined joined);

        /** The session was not let in; called by any thread. */
        void refused(ChatException refusal);
    }

    /**
     * What was read for everybody who waited for the same room.
     *
     * @param head how far the conversation had come
     * @param receipts what is told with the last page of what a client missed; empty where no client is told
     */
    record RoomRead(Position head, List<Receipt> receipts) {}

    private final JoinRoom command;
    private final Call call;
    private final boolean resumes;
    private final Outcome outcome;
    private volatile boolean revoked;
    private long readSeq = Long.MAX_VALUE;
    private Position after;
    private int pagesTold;
    private int tries;

    @Nullable
    private Tail tail;

    @Nullable
    private RoomRead read;

    @Nullable
    private CatchUp page;

    @Nullable
    private ChatException failure;

    private PendingJoin(JoinRoom command, Call call, boolean resumes, Outcome outcome) {
        this.command = command;
        this.call = call;
        this.resumes = resumes;
        this.outcome = outcome;
        this.after = command.after() == null ? Position.START : command.after();
    }

    /** A join that a client asked for. */
    static PendingJoin asked(JoinRoom command, Call call, Outcome outcome) {
        return new PendingJoin(command, call, false, outcome);
    }

    /** A join that puts a session back into a room; only a refusal is told. */
    static PendingJoin resumed(JoinRoom command, Call call, Consumer<ChatException> onRefusal) {
        return new PendingJoin(command, call, true, new Outcome() {
            @Override
            public void joined(JoinRoom.Joined joined) {
                // The client was told by pages.
            }

            @Override
            public void refused(ChatException refusal) {
                onRefusal.accept(refusal);
            }
        });
    }

    JoinRoom command() {
        return command;
    }

    String conversationId() {
        return command.conversationId();
    }

    Call call() {
        return call;
    }

    Session session() {
        return call.session();
    }

    Outcome outcome() {
        return outcome;
    }

    /** Whether the session comes back, and is told what it missed by pages of its own. */
    boolean resumes() {
        return resumes;
    }

    /** Whether the client is to get what it missed. */
    boolean catchesUp() {
        return command.after() != null;
    }

    /** How far the client has come, with the pages that it was told. */
    Position after() {
        return after;
    }

    /** Begins, or begins again; forgets what was read. */
    void begin(Tail fresh) {
        tail = fresh;
        tries++;
        revoked = false;
        read = null;
        page = null;
        failure = null;
    }

    int tries() {
        return tries;
    }

    Tail tail() {
        return requireNonNull(tail);
    }

    /** The tail that is held for the join, if any, which holds none from now on. */
    @Nullable
    Tail releaseTail() {
        Tail held = tail;
        tail = null;
        return held;
    }

    /** The user was put out meanwhile, so that whether the session may come in is to be asked again. */
    void revoke() {
        revoked = true;
    }

    boolean isRevoked() {
        return revoked;
    }

    /** Notes how far the user has read, or the greatest number for everything. */
    void readUpTo(long seq) {
        readSeq = seq;
    }

    long readSeq() {
        return readSeq;
    }

    /** What was read, with a page for who catches up. */
    void take(RoomRead found, @Nullable CatchUp missed) {
        read = found;
        page = missed;
        failure = null;
    }

    /** The client's position means nothing any more. */
    void lose(RoomRead found) {
        take(found, null);
        failure = ChatException.of(ErrorCode.POSITION_LOST);
    }

    /** Nothing could be read. */
    void fail(ChatException cause) {
        read = null;
        page = null;
        failure = cause;
    }

    @Nullable
    RoomRead read() {
        return read;
    }

    @Nullable
    CatchUp page() {
        return page;
    }

    @Nullable
    ChatException failure() {
        return failure;
    }

    /** The client has the page; answers how many it has been told. */
    int told(CatchUp one) {
        after = one.covered();
        page = null;
        return ++pagesTold;
    }

    int pagesTold() {
        return pagesTold;
    }
}
