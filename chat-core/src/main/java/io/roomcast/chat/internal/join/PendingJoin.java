package io.roomcast.chat.internal.join;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.internal.room.RoomFeed;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.CallSummary;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.ReceiptPage;
import io.roomcast.chat.model.Session;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state of one session's join of one room. Used by one thread at a time, except {@link #requestRestart}, which
 * any thread may call.
 */
public final class PendingJoin {
    /** Receives the outcome of a client's join, once. */
    public interface Outcome {
        /**
         * Called in the conversation's order when the session is in the room. The events in the join's context are not
         * sent yet.
         */
        void joined(JoinRoom.Joined joined);

        /** Called by any thread when the session was refused. */
        void refused(ChatException refusal);
    }

    /**
     * The data that was read for all joins that waited for the same room.
     *
     * @param head the conversation's head
     * @param receipts the page of receipts to send with the last page of missed messages; empty if no client needs it
     */
    record RoomRead(
            Position head, ReceiptPage receipts, @Nullable CallSummary call) {}

    private final JoinRoom command;
    private final CommandContext context;
    private final boolean resumes;
    private final Outcome outcome;
    private volatile boolean restartRequested;
    private long readSeq = Long.MAX_VALUE;
    private boolean isFirst;
    private Position after;

    @Nullable
    private Long unreadFrom;

    private int sentPages;
    private int reads;

    @Nullable
    private RoomFeed feed;

    @Nullable
    private RoomRead read;

    @Nullable
    private CatchUp page;

    @Nullable
    private ChatException failure;

    private PendingJoin(JoinRoom command, CommandContext context, boolean resumes, Outcome outcome) {
        this.command = command;
        this.context = context;
        this.resumes = resumes;
        this.outcome = outcome;
        this.after = command.after() == null ? Position.START : command.after();
    }

    /** Creates a join that a client requested. */
    public static PendingJoin requested(JoinRoom command, CommandContext context, Outcome outcome) {
        return new PendingJoin(command, context, false, outcome);
    }

    /** Creates a join that returns a resumed session to a room. It reports only a refusal. */
    static PendingJoin resumed(JoinRoom command, CommandContext context, Consumer<ChatException> onRefusal) {
        return new PendingJoin(command, context, true, new Outcome() {
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

    public CommandContext context() {
        return context;
    }

    Session session() {
        return context.session();
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Returns whether the session resumes, and receives missed messages as events. */
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

    /**
     * Begins the join, or begins it again; discards earlier reads.
     *
     * @param acquired records the room's events from now on
     */
    void begin(RoomFeed acquired) {
        feed = acquired;
        reads++;
        restartRequested = false;
        read = null;
        page = null;
        failure = null;
    }

    /** Returns how often the join has begun. */
    int reads() {
        return reads;
    }

    RoomFeed feed() {
        return requireNonNull(feed);
    }

    /** Returns the feed that the join holds, if any, for the caller to release. */
    @Nullable
    RoomFeed takeFeed() {
        RoomFeed held = feed;
        feed = null;
        return held;
    }

    /** Requests that the join is authorized and read again, as something has changed since it began. */
    void requestRestart() {
        restartRequested = true;
    }

    boolean mustRestart() {
        return restartRequested;
    }

    /** Sets the highest sequence number that the user has read; the maximum stands for all messages. */
    void readSeq(long seq) {
        readSeq = seq;
        isFirst = false;
    }

    long readSeq() {
        return readSeq;
    }

    /** Records that the user has no read position, which begins with this join. */
    void beginReading() {
        readSeq = Long.MAX_VALUE;
        isFirst = true;
    }

    /** Returns whether the user's read position begins with this join. */
    boolean isFirst() {
        return isFirst;
    }

    /** Sets the first message that the user has marked as unread; null for none. */
    void unreadFrom(@Nullable Long seq) {
        unreadFrom = seq;
    }

    @Nullable
    Long unreadFrom() {
        return unreadFrom;
    }

    /** Sets the data that was read, with a page if the client catches up. */
    void succeed(RoomRead found, @Nullable CatchUp missed) {
        read = found;
        page = missed;
        failure = null;
    }

    /** Records that the client's position is no longer valid. */
    void losePosition(RoomRead found) {
        succeed(found, null);
        failure = ChatException.of(ErrorCode.POSITION_LOST);
    }

    /** Records that the reads failed. */
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

    /** Records that the page was sent to the client, and moves the client's position to its end. */
    void pageSent(CatchUp sent) {
        after = sent.covered();
        page = null;
        sentPages++;
    }

    /** Returns how many pages were sent to the client. */
    int sentPages() {
        return sentPages;
    }
}
