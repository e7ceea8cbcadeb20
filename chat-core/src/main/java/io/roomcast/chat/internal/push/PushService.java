package io.roomcast.chat.internal.push;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.spi.PushResult;
import io.roomcast.chat.spi.PushResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One push service: what waits to be sent, how many calls are in progress, and until when it accepts nothing. Safe for use
 * by any thread; never blocks.
 */
final class PushService {
    /** The most calls at a time, so that a service that hangs does not use up all threads. */
    static final int MAX_CALLS = 8;

    /** The most notifications that wait in memory; the others wait in the store. */
    static final int MAX_WAITING = 256;

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    static final Duration PAUSE_WHEN_FULL = Duration.ofSeconds(10);

    @GuardedBy("this")
    private final Deque<PushDelivery> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private int calls;

    /** The number of notifications in a row that it could not accept. */
    @GuardedBy("this")
    private int failures;

    @GuardedBy("this")
    private Instant blockedUntil = Instant.EPOCH;

    /** Adds a notification. Returns null, or the time until which it must wait elsewhere. */
    synchronized @Nullable Instant add(PushDelivery delivery, Instant now) {
        if (now.isBefore(blockedUntil)) {
            return blockedUntil;
        }
        if (waiting.size() >= MAX_WAITING) {
            return now.plus(PAUSE_WHEN_FULL);
        }
        waiting.add(delivery);
        return null;
    }

    /** Returns whether the caller is to make calls, beginning with {@link #next}. */
    synchronized boolean tryStart() {
        boolean isNeeded = calls < MAX_CALLS && !waiting.isEmpty();
        calls += isNeeded ? 1 : 0;
        return isNeeded;
    }

    /** Returns the notification that waits longest. If there is none, the caller's calls have ended. */
    synchronized @Nullable PushDelivery next() {
        PushDelivery next = waiting.poll();
        calls -= next == null ? 1 : 0;
        return next;
    }

    /** Records an answer. Returns the time from which the service accepts notifications. */
    synchronized Instant answered(PushResult result, Instant now) {
        if (result.outcome() == Outcome.LATER) {
            failures++;
            Instant until = now.plus(pause(result));
            blockedUntil = until.isAfter(blockedUntil) ? until : blockedUntil;
        } else {
            failures = 0;
        }
        return blockedUntil;
    }

    /** A single failure may be that of one device alone. */
    @GuardedBy("this")
    private Duration pause(PushResult result) {
        Duration stated = result.retryAfter();
        if (stated != null) {
            return stated.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : stated;
        }
        return failures < 2 ? Duration.ZERO : PushOutcomes.backoff(failures - 1);
    }

    /** Removes and returns all that waits. */
    synchronized List<PushDelivery> takeAll() {
        List<PushDelivery> taken = new ArrayList<>(waiting);
        waiting.clear();
        return taken;
    }

    /** Returns whether nothing is known of the service that matters later. */
    synchronized boolean isIdle(Instant now) {
        return waiting.isEmpty() && calls == 0 && !now.isBefore(blockedUntil);
    }
}
