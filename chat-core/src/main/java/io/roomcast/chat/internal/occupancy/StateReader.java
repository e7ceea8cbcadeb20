package io.roomcast.chat.internal.occupancy;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.execution.SafeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Announces and reads the states of many channels, some at a time. Safe for use by any thread; never blocks. */
final class StateReader {
    /** After this time each entry has been written. */
    static final Duration SETTLED = Duration.ofSeconds(2);

    /** After this time all nodes are connected again, and have written their entries. */
    static final Duration REWRITTEN = Duration.ofSeconds(12);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int BATCH = 500;

    /** The channels whose states are announced and read. */
    @GuardedBy("this")
    private final Set<Channel> refreshed = new LinkedHashSet<>();

    /** The channels whose entries are read once all have been written. */
    @GuardedBy("this")
    private final Set<Channel> verified = new LinkedHashSet<>();

    /** The channels to verify after {@link #SETTLED}; if there are any, the timer is scheduled. */
    @GuardedBy("this")
    private Set<Channel> recent = new HashSet<>();

    @GuardedBy("this")
    private boolean isScheduled;

    private final NodeStates states;
    private final SafeScheduler scheduler;

    StateReader(NodeStates states, SafeScheduler scheduler) {
        this.states = states;
        this.scheduler = scheduler;
    }

    /**
     * Reads the entries of a channel again after some time. A state that was sent just before the subscription may not
     * have been an entry yet.
     */
    synchronized void verifyLater(Channel channel) {
        if (recent.isEmpty()) {
            Future<?> unused = scheduler.schedule(SETTLED, this::verifyRecent);
        }
        recent.add(channel);
    }

    private synchronized void verifyRecent() {
        Set<Channel> channels = recent;
        recent = new HashSet<>();
        verify(channels);
    }

    private synchronized void verify(Collection<Channel> channels) {
        verified.addAll(channels);
        schedule(Duration.ZERO);
    }

    /** Announces and reads the states of channels now, and verifies them later. */
    synchronized void refresh(Collection<Channel> channels) {
        if (!channels.isEmpty()) {
            refreshed.addAll(channels);
            schedule(Duration.ZERO);
            Future<?> unused = scheduler.schedule(REWRITTEN, () -> verify(channels));
        }
    }

    @GuardedBy("this")
    private void schedule(Duration delay) {
        if (!isScheduled && !(refreshed.isEmpty() && verified.isEmpty())) {
            isScheduled = true;
            Future<?> unused = scheduler.schedule(delay, this::next);
        }
    }

    private void next() {
        List<Channel> refreshedNow;
        List<Channel> verifiedNow;
        synchronized (this) {
            refreshedNow = take(refreshed);
            verifiedNow = take(verified);
        }
        states.announceAgain(refreshedNow);
        CompletionStage<Void> unusedRead = states.read(refreshedNow, false);
        CompletionStage<Void> unusedVerification = states.read(verifiedNow, true);
        synchronized (this) {
            isScheduled = false;
            schedule(PAUSE);
        }
    }

    private static List<Channel> take(Set<Channel> channels) {
        List<Channel> batch = new ArrayList<>();
        Iterator<Channel> oldest = channels.iterator();
        while (oldest.hasNext() && batch.size() < BATCH) {
            batch.add(oldest.next());
            oldest.remove();
        }
        return batch;
    }
}
