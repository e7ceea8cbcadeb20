package io.roomcast.chat.socketio.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The channels that this node wants, and the callers that wait until Redis confirms them. Safe for use by any thread.
 *
 * <p>Redis confirms each channel, in the order of the commands. So a caller waits until as many channels are confirmed as
 * were requested up to its own.
 */
final class Subscriptions {
    /**
     * Channels to subscribe to or to unsubscribe from.
     *
     * @param isAdded whether they are added
     * @param channels the channels, at least one
     */
    record Change(boolean isAdded, List<String> channels) {}

    private record Waiting(long requested, CompletableFuture<Void> result) {}

    @GuardedBy("this")
    private final Set<String> wanted = new LinkedHashSet<>();

    @GuardedBy("this")
    private List<Change> changes = new ArrayList<>();

    @GuardedBy("this")
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** The number of channels requested on this connection, including those of {@link #changes}. */
    @GuardedBy("this")
    private long requested;

    @GuardedBy("this")
    private long confirmed;

    @GuardedBy("this")
    private boolean isOpen;

    @GuardedBy("this")
    private boolean isClosed;

    CompletableFuture<Void> subscribe(Collection<String> channels) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        if (!add(channels, result)) {
            result.completeExceptionally(Operation.unavailable());
        }
        completeDone();
        return result;
    }

    private synchronized boolean add(Collection<String> channels, CompletableFuture<Void> result) {
        if (isClosed) {
            return false;
        }
        List<String> added = new ArrayList<>();
        for (String channel : channels) {
            if (wanted.add(channel)) {
                added.add(channel);
            }
        }
        if (!added.isEmpty()) {
            changes.add(new Change(true, added));
            requested += added.size();
        }
        waiting.add(new Waiting(requested, result));
        return true;
    }

    synchronized void unsubscribe(Collection<String> channels) {
        List<String> removed = new ArrayList<>();
        for (String channel : channels) {
            if (wanted.remove(channel)) {
                removed.add(channel);
            }
        }
        if (!removed.isEmpty()) {
            changes.add(new Change(false, removed));
        }
    }

    /**
     * Begins with a new connection. Returns the channels to which it must subscribe, and then to one of its own that does
     * not count here.
     */
    synchronized List<String> begin() {
        changes = new ArrayList<>();
        confirmed = 0;
        requested = wanted.size();
        isOpen = true;
        List<Waiting> before = List.copyOf(waiting);
        waiting.clear();
        for (Waiting each : before) {
            waiting.add(new Waiting(requested, each.result()));
        }
        return List.copyOf(wanted);
    }

    synchronized boolean hasChanged() {
        return !changes.isEmpty();
    }

    synchronized List<Change> takeChanges() {
        List<Change> taken = changes;
        changes = new ArrayList<>();
        return taken;
    }

    /** Ends with a lost connection. Callers wait for the next one. */
    synchronized void end() {
        isOpen = false;
    }

    /** Records that Redis confirmed a channel. */
    void confirmed() {
        synchronized (this) {
            confirmed++;
        }
        completeDone();
    }

    /** Completes the callers that need not wait longer, outside the lock. */
    private void completeDone() {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        synchronized (this) {
            while (isOpen && !waiting.isEmpty() && waiting.peek().requested() <= confirmed) {
                done.add(waiting.remove().result());
            }
        }
        done.forEach(result -> result.complete(null));
    }

    /** Fails all callers that wait. */
    void close() {
        List<Waiting> failed;
        synchronized (this) {
            isClosed = true;
            failed = List.copyOf(waiting);
            waiting.clear();
        }
        failed.forEach(each -> each.result().completeExceptionally(Operation.unavailable()));
    }
}
