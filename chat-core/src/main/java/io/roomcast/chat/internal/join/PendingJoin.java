package io.roomcast.chat.internal.join;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.internal.room.JoinBuffer;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Session;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One session's join of one room. Used by one thread at a time, except {@link #revoke}, which any thread may call. */
public final class PendingJoin {
    /** Takes the outcome of a client's join, once. */
    public interface Outcome {
        /**
         * Called when the session is in the room, in the conversation's order. The events that the call publishes are
         * not sent yet.
         */
        void joined(JoinRoom.Joined joined);

        /** Called by any thread when the session was refused. */
        void refused(ChatException refusal);
    }

    /**
     * The data that was read for all joins that waited for the same room.
     *
     * @param head the conversation's head
     * @param receipts the receipts to send with the last page of missed messages; empty if no client needs them
     */
    record RoomRead(Position head, List<Receipt> receipts) {}

    private final JoinRoom command;
    private final CommandContext call;
    private final boolean resumes;
    private final Outcome outcome;
    private volatile boolean revoked;
    private long readSeq = Long.MAX_VALUE;
    private Position after;
    private int pagesTold;
    private int tries;

    @Nullable
    private JoinBuffer tail;

    @Nullable
    private RoomRead read;

    @Nullable
    private CatchUp page;

    @Nullable
    private ChatException failure;

    private PendingJoin(JoinRoom command, CommandContext call, boolean resumes, Outcome outcome) {
        this.command = command;
        this.call = call;
        this.resumes = resumes;
        this.outcome = outcome;
        this.after = command.after() == null ? Position.START : command.after();
    }

    /** Creates a join that a client requested. */
    public static PendingJoin asked(JoinRoom command, CommandContext call, Outcome outcome) {
        return new PendingJoin(command, call, false, outcome);
    }

    /** Creates a join that puts a session back into a room. It reports only a refusal. */
    static PendingJoin resumed(JoinRoom command, CommandContext call, Consumer<ChatException> onRefusal) {
        return new PendingJoin(command, call, true, new Outcome() {
            @Override
            public void joined(JoinRoom.Joined joined) {
                // The client has received its pages as events.
            }

            @Override
            public void refused(ChatException refusal) {
                onRefusal.accept(refusal);
            }
        });
    }

    public JoinRoom command() {
        return command;
    }

    String conversationId() {
        return command.conversationId();
    }

    public CommandContext call() {
        return call;
    }

    Session session() {
        return call.session();
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Returns whether the session resumes, and receives missed messages as separate pages. */
    boolean resumes() {
        return resumes;
    }

    /** Returns whether the client requested the messages that it missed. */
    boolean catchesUp() {
        return command.after() != null;
    }

    /** Returns the client's position, including the pages that it has received. */
    Position after() {
        return after;
    }

    /** Begins the join, or begins it again; discards earlier reads. */
    void begin(JoinBuffer fresh) {
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

    JoinBuffer tail() {
        return requireNonNull(tail);
    }

    /** Returns the tail that the join holds, if any, and releases it. */
    @Nullable
    JoinBuffer releaseTail() {
        JoinBuffer held = tail;
        tail = null;
        return held;
    }

    /** Notes that the user was removed from the room in the meantime, so that the join must be authorised again. */
    void revoke() {
        revoked = true;
    }

    boolean isRevoked() {
        return revoked;
    }

    /** Sets the highest sequence number that the user has read; the maximum stands for all messages. */
    void readUpTo(long seq) {
        readSeq = seq;
    }

    long readSeq() {
        return readSeq;
    }

    /** Sets the data that was read, with a page if the client catches up. */
    void take(RoomRead found, @Nullable CatchUp missed) {
        read = found;
        page = missed;
        failure = null;
    }

    /** Notes that the client's position is no longer valid. */
    void lose(RoomRead found) {
        take(found, null);
        failure = ChatException.of(ErrorCode.POSITION_LOST);
    }

    /** Notes that the reads failed. */
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

    /** Notes that the page was sent to the client. Returns how many pages it has received. */
    int told(CatchUp one) {
        after = one.covered();
        page = null;
        return ++pagesTold;
    }

    int pagesTold() {
        return pagesTold;
    }
}
