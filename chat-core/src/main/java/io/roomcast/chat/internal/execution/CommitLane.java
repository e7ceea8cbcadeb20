package io.roomcast.chat.internal.execution;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.AppendResult.Failed;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that are stored one group at a time; safe for use by any thread. */
final class CommitLane implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(CommitLane.class);
    static final int GROUP_MESSAGES = 500;
    static final long GROUP_BYTES = 4L << 20;
    static final long WAITING_BYTES = 16L << 20;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** What a message costs beside its text: ids, times and the index entries. */
    private static final int OVERHEAD_BYTES = 512;

    /**
     * The result for messages that have waited for one time-out already. A second one in a row would outlast their
     * callers.
     */
    private static final AppendResult UNTRIED = new Failed(ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));

    private record Pending(MessageDraft draft, long bytes, CompletableFuture<AppendResult> outcome) {
        static Pending of(MessageDraft draft) {
            String metadata = draft.body().metadata();
            long chars = draft.content().length() + (metadata == null ? 0L : metadata.length());
            return new Pending(draft, OVERHEAD_BYTES + 3 * chars, new CompletableFuture<>());
        }
    }

    /** How long one call of the store may take before the lane goes on without it. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    /** The most calls that may hang. Each of them holds a thread that all conversations share. */
    static final int MOST_HANGING = 2;

    private static final AppendResult HANGING = new Failed(ChatException.of(ErrorCode.TIMEOUT));

    /** One thread's turn at the lane, and the group that it is storing; guarded by the lane. */
    private static final class Drive {
        private List<Pending> group = List.of();
        private long since;
        private boolean abandoned;
    }

    private final ChatStore store;
    private final LongSupplier nanos;
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private int hanging;

    @Nullable
    private Drive drive;

    CommitLane(ChatStore store) {
        this(store, System::nanoTime);
    }

    CommitLane(ChatStore store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
    }

    /** Takes a message; if the store's last call does not return, another thread may drive from now on. */
    CompletionStage<AppendResult> add(MessageDraft draft) {
        hangingGroup().forEach(pending -> pending.outcome.complete(HANGING));
        return addNow(draft);
    }

    private synchronized List<Pending> hangingGroup() {
        boolean hangs = drive != null
                && !drive.group.isEmpty()
                && hanging < MOST_HANGING
                && nanos.getAsLong() - drive.since >= PATIENCE.toNanos();
        return hangs ? abandon(requireNonNull(drive)) : List.of();
    }

    private List<Pending> abandon(Drive hung) {
        hung.abandoned = true;
        hanging++;
        drive = null;
        log.warn(
                "the store has not answered for {} s; {} messages may be stored or not",
                PATIENCE.toSeconds(),
                hung.group.size());
        return hung.group;
    }

    private synchronized CompletionStage<AppendResult> addNow(MessageDraft draft) {
        Pending pending = Pending.of(draft);
        if (waitingBytes + pending.bytes > WAITING_BYTES) {
            throw ChatException.rateLimited(RETRY_AFTER);
        }
        waiting.add(pending);
        waitingBytes += pending.bytes;
        return pending.outcome;
    }

    /** Stores what waits, unless another thread is at it; blocks for the store. */
    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a wrong guess costs nothing but the gathering
    public void run() {
        Drive mine = takeTheWheel();
        if (mine == null) {
            return;
        }
        try {
            for (List<Pending> group = next(mine); !group.isEmpty(); group = next(mine)) {
                commitOrFail(mine, group);
                if (group.size() > 1) {
                    // Answered senders may send more at once, and these messages should join the next group.
                    Thread.yield();
                }
            }
        } finally {
            leaveTheWheel(mine);
        }
    }

    private synchronized @Nullable Drive takeTheWheel() {
        if (drive != null || waiting.isEmpty()) {
            return null;
        }
        drive = new Drive();
        return drive;
    }

    /** Lets the next driver go on, also after an error such as a lack of memory. */
    private synchronized void leaveTheWheel(Drive mine) {
        if (drive == mine) {
            drive = null;
        }
        if (mine.abandoned) {
            hanging--;
        }
    }

    /** The next group; an empty one ends the drive, in the same step, so that nothing is left waiting for a driver. */
    private synchronized List<Pending> next(Drive mine) {
        if (drive != mine) {
            return List.of();
        }
        // Allocates the group first, so that a lack of memory loses no message.
        List<Pending> group = new ArrayList<>(Math.min(waiting.size(), GROUP_MESSAGES));
        long bytes = 0;
        while (!waiting.isEmpty() && group.size() < GROUP_MESSAGES && bytes < GROUP_BYTES) {
            Pending pending = waiting.remove();
            bytes += pending.bytes;
            group.add(pending);
        }
        waitingBytes -= bytes;
        mine.group = group;
        mine.since = nanos.getAsLong();
        drive = group.isEmpty() ? null : mine;
        return group;
    }

    private void commitOrFail(Drive mine, List<Pending> group) {
        try {
            commit(mine, group);
        } catch (Throwable fault) {
            AppendResult failed = new Failed(ChatException.from(fault));
            group.forEach(pending -> pending.outcome.complete(failed));
        }
    }

    private void commit(Drive mine, List<Pending> group) {
        List<AppendResult> results = store(group);
        // Takes the rest before it answers any sender: an answered sender may retry at once, and a retry is a new
        // attempt.
        List<Pending> left = results.stream().allMatch(CommitLane::isAway) ? takeAll(mine) : List.of();
        for (int i = 0; i < group.size(); i++) {
            group.get(i).outcome.complete(results.get(i));
        }
        left.forEach(pending -> pending.outcome.complete(UNTRIED));
    }

    private List<AppendResult> store(List<Pending> group) {
        try {
            List<AppendResult> results =
                    List.copyOf(store.append(group.stream().map(Pending::draft).toList()));
            if (results.size() == group.size()) {
                return results;
            }
            throw new IllegalStateException(
                    "the store answered " + results.size() + " of " + group.size() + " messages");
        } catch (Throwable failure) {
            AppendResult failed = new Failed(ChatException.from(failure));
            return group.stream().map(pending -> failed).toList();
        }
    }

    private static boolean isAway(AppendResult result) {
        return result instanceof Failed failed
                && (failed.cause().code() == ErrorCode.STORAGE_UNAVAILABLE
                        || failed.cause().code() == ErrorCode.TIMEOUT);
    }

    /** Takes all waiting messages. If another thread drives the lane now, takes none, as that thread tries them. */
    private synchronized List<Pending> takeAll(Drive mine) {
        if (drive != mine) {
            return List.of();
        }
        List<Pending> all = List.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        return all;
    }
}
