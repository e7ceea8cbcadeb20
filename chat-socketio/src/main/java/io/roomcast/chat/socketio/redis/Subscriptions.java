package io.roomcast.chat.socketio.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    /** The callers that wait for a connection, by their channels. */
    @GuardedBy("this")
    private final Map<List<String>, CompletableFuture<Void>> later = new HashMap<>();

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
        CompletableFuture<Void> result = add(channels);
        completeDone();
        return result;
    }

    private synchronized CompletableFuture<Void> add(Collection<String> channels) {
        if (isClosed) {
            return CompletableFuture.failedFuture(Operation.unavailable());
        }
        List<String> added = new ArrayList<>();
        for (String channel : channels) {
            if (wanted.add(channel)) {
                added.add(channel);
            }
        }
        if (!isOpen) {
            return later.computeIfAbsent(List.copyOf(channels), key -> new CompletableFuture<>());
        }
        if (!added.isEmpty()) {
            changes.add(new Change(true, added));
            requested += added.size();
        }
        CompletableFuture<Void> result = new CompletableFuture<>();
        waiting.add(new Waiting(requested, result));
        return result;
    }

    void unsubscribe(Collection<String> channels) {
        remove(channels).forEach(result -> result.completeExceptionally(Operation.unavailable()));
    }

    /** Returns the callers that need not wait for a connection any longer. */
    private synchronized List<CompletableFuture<Void>> remove(Collection<String> channels) {
        List<String> removed = new ArrayList<>();
        List<CompletableFuture<Void>> ended = new ArrayList<>();
        for (String channel : channels) {
            if (wanted.remove(channel)) {
                removed.add(channel);
                CompletableFuture<Void> result = later.remove(List.of(channel));
                if (result != null) {
                    ended.add(result);
                }
            }
        }
        if (isOpen && !removed.isEmpty()) {
            changes.add(new Change(false, removed));
        }
        return ended;
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
        later.values().forEach(result -> waiting.add(new Waiting(requested, result)));
        later.clear();
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
        changes = new ArrayList<>();
    }

    /** Returns the numbers of changes and of callers that wait. */
    synchronized int size() {
        return changes.size() + waiting.size() + later.size();
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
        List<CompletableFuture<Void>> failed;
        synchronized (this) {
            isClosed = true;
            failed = new ArrayList<>(later.values());
            waiting.forEach(each -> failed.add(each.result()));
            waiting.clear();
            later.clear();
        }
        failed.forEach(result -> result.completeExceptionally(Operation.unavailable()));
    }
}
