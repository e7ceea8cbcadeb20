package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what one feed lacks. The feed's lock guards the state; no method blocks.
 *
 * <p>Waits first, as the missing events often arrive late. A failed read is repeated, later each time. If all repeats
 * fail, or more than {@link #MAX_MISSED} messages or changes are missing, the clients must fetch them.
 */
final class GapFill {
    /** The most messages, and the most changes, to fill in. */
    static final int MAX_MISSED = 500;

    /** How long a join waits until the room has reached the position that the join has read. */
    static final Duration MAX_WAIT = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(GapFill.class);
    /** The time after which a read that has not returned counts as failed. */
    static final Duration MAX_READ = Duration.ofSeconds(15);

    private static final Duration FIRST_REPEAT = Duration.ofMillis(250);
    private static final int MAX_REPEATS = 5;

    /** A join that waits for a position. */
    private record Waiter(Position head, CompletableFuture<Void> reached, Future<?> timeout) {
        private void end(@Nullable Throwable failure) {
            timeout.cancel(false);
            if (failure == null) {
                reached.complete(null);
            } else {
                reached.completeExceptionally(ChatException.from(failure));
            }
        }
    }

    private final RoomFeed feed;
    private final FeedParts parts;
    private List<Waiter> waiters = List.of();

    @Nullable
    private Future<?> timer;

    /** The feed's position when the timer was set. */
    private Position before = Position.START;

    /** The feed's position when the read began. */
    private Position readAfter = Position.START;

    private boolean reading;

    /** The number of reads so far. An answer to an earlier read than the current one is too late. */
    private int reads;

    private int failures;

    GapFill(RoomFeed feed, FeedParts parts) {
        this.feed = feed;
        this.parts = parts;
    }

    /** Has the missing events read, unless they arrive meanwhile. Called under the feed's lock. */
    void found() {
        if (timer != null || reading) {
            return;
        }
        Duration wait = nextWait();
        if (wait.isZero()) {
            read();
        } else {
            before = feed.readAfter();
            timer = parts.scheduler().schedule(wait, () -> onWorker(this::endWait));
        }
    }

    private Duration nextWait() {
        if (failures > 0) {
            return FIRST_REPEAT.multipliedBy(1L << (failures - 1));
        }
        return waiters.isEmpty() ? parts.readDelay().get() : Duration.ZERO;
    }

    /** Timers must not wait for the feed's lock. */
    private void onWorker(Runnable task) {
        try {
            parts.workers().execute(task);
        } catch (RejectedExecutionException stopped) {
            log.debug("did not read what {} lacks, as the server stops", feed.conversationId());
        }
    }

    /** Reads unless some of the missing events have arrived; then waits for the others. */
    private void endWait() {
        synchronized (feed) {
            timer = null;
            boolean reads = failures > 0 || before.equals(feed.readAfter());
            if (reads && feed.isBehind() && !feed.isPaused() && !feed.isClosed() && !reading) {
                read();
            } else {
                feed.drain();
            }
        }
    }

    /** Reads without a wait. The stage ends when the feed has reached the head. Called under the feed's lock. */
    CompletionStage<?> awaitReach(Position head) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        Future<?> timeout = parts.scheduler()
                .schedule(MAX_WAIT, () -> reached.completeExceptionally(ChatException.of(ErrorCode.TIMEOUT)));
        List<Waiter> all = new ArrayList<>(waiters);
        all.removeIf(waiter -> waiter.reached().isDone());
        all.add(new Waiter(head, reached, timeout));
        waiters = all;
        if (!reading) {
            cancelTimer();
            read();
        }
        return reached;
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void read() {
        reading = true;
        readAfter = feed.readAfter();
        CompletionStage<CatchUp> page;
        try {
            page = parts.reader().read(new CatchUpQuery(feed.conversationId(), readAfter, MAX_MISSED));
        } catch (RejectedExecutionException stopped) {
            page = CompletableFuture.failedFuture(ChatException.of(ErrorCode.SERVER_DRAINING, stopped));
        }
        int number = ++reads;
        Future<?> limit = parts.scheduler()
                .schedule(MAX_READ, () -> onWorker(() -> end(number, null, ChatException.of(ErrorCode.TIMEOUT))));
        page.whenComplete((found, failure) -> {
            limit.cancel(false);
            end(number, found, failure);
        });
    }

    private void end(int number, @Nullable CatchUp page, @Nullable Throwable failure) {
        List<Waiter> ended;
        synchronized (feed) {
            if (number != reads || !reading) {
                return;
            }
            reading = false;
            if (!feed.isClosed() && !feed.isPaused()) {
                take(page, failure);
            }
            ended = takeEnded(failure);
            feed.drain();
        }
        ended.forEach(waiter -> waiter.end(failure));
    }

    private void take(@Nullable CatchUp page, @Nullable Throwable failure) {
        if (page == null) {
            log.debug("could not read what {} lacks after {}", feed.conversationId(), readAfter, failure);
        } else if (page.lost() || page.hasMore()) {
            log.debug("{} lacks too much after {}; its clients must sync", feed.conversationId(), readAfter);
            feed.skipTo(page.covered().seq(), page.covered().version());
        } else {
            feed.apply(page);
        }
        boolean advances = !feed.isBehind() || !readAfter.equals(feed.readAfter());
        failures = advances ? 0 : failures + 1;
        if (failures > MAX_REPEATS) {
            log.debug("{} lacks what cannot be read after {}; its clients must sync", feed.conversationId(), readAfter);
            failures = 0;
            feed.skipTo(readAfter.seq(), readAfter.version());
        }
    }

    /** Removes those who need not wait any more: all after a failure. */
    private List<Waiter> takeEnded(@Nullable Throwable failure) {
        List<Waiter> ended = new ArrayList<>(waiters);
        List<Waiter> left = new ArrayList<>(waiters);
        left.removeIf(waiter -> failure != null || !feed.isBehind(waiter.head()));
        ended.removeAll(left);
        waiters = left.isEmpty() ? List.of() : left;
        return ended;
    }

    /** Stops. Called under the feed's lock. */
    void close() {
        cancelTimer();
    }
}
