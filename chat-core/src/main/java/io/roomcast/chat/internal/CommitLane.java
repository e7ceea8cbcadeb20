package io.roomcast.chat.internal;

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

/** Messages that are stored one group at a time; safe for use by any thread. */
final class CommitLane implements Runnable {
    static final int GROUP_MESSAGES = 500;
    static final long GROUP_BYTES = 4L << 20;
    static final long WAITING_BYTES = 16L << 20;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** What a message costs beside its text: ids, times and the index entries. */
    private static final int OVERHEAD_BYTES = 512;

    /** They have waited for one time-out already; a second one in a row would outlast their callers. */
    private static final AppendResult UNTRIED = new Failed(ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));

    private record Pending(MessageDraft draft, long bytes, CompletableFuture<AppendResult> outcome) {
        static Pending of(MessageDraft draft) {
            String metadata = draft.body().metadata();
            long chars = draft.content().length() + (metadata == null ? 0L : metadata.length());
            return new Pending(draft, OVERHEAD_BYTES + 3 * chars, new CompletableFuture<>());
        }
    }

    private final ChatStore store;
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean driven;

    CommitLane(ChatStore store) {
        this.store = store;
    }

    synchronized CompletionStage<AppendResult> add(MessageDraft draft) {
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
        if (!takesTheWheel()) {
            return;
        }
        boolean ended = false;
        try {
            for (List<Pending> group = next(); !group.isEmpty(); group = next()) {
                commitOrFail(group);
                if (group.size() > 1) {
                    // Those who were answered may have more to say at once, and it had better go with the next group.
                    Thread.yield();
                }
            }
            ended = true;
        } finally {
            if (!ended) {
                leaveTheWheel();
            }
        }
    }

    /** Lets the next driver go on after an error, such as a lack of memory. */
    private synchronized void leaveTheWheel() {
        driven = false;
    }

    private synchronized boolean takesTheWheel() {
        boolean takes = !driven && !waiting.isEmpty();
        driven |= takes;
        return takes;
    }

    /** The next group; an empty one ends the drive, in the same step, so that nothing is left waiting for a driver. */
    private synchronized List<Pending> next() {
        // Takes nothing out before there is room for it, so that nobody is lost for want of memory.
        List<Pending> group = new ArrayList<>(Math.min(waiting.size(), GROUP_MESSAGES));
        long bytes = 0;
        while (!waiting.isEmpty() && group.size() < GROUP_MESSAGES && bytes < GROUP_BYTES) {
            Pending pending = waiting.remove();
            bytes += pending.bytes;
            group.add(pending);
        }
        waitingBytes -= bytes;
        driven = !group.isEmpty();
        return group;
    }

    private void commitOrFail(List<Pending> group) {
        try {
            commit(group);
        } catch (Throwable fault) {
            AppendResult failed = new Failed(ChatException.from(fault));
            group.forEach(pending -> pending.outcome.complete(failed));
        }
    }

    private void commit(List<Pending> group) {
        List<AppendResult> results = store(group);
        // Taken before anybody is answered: whoever is answered may try again at once, and that is a new try.
        List<Pending> left = results.stream().allMatch(CommitLane::isAway) ? takeAll() : List.of();
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

    private synchronized List<Pending> takeAll() {
        List<Pending> all = List.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        return all;
    }
}
