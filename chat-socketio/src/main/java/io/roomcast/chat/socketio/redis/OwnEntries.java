package io.roomcast.chat.socketio.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The entries of this node, and the keys under which Redis may hold another state. Safe for use by any thread. */
final class OwnEntries {
    /** How long Redis keeps an entry that is not written again, because its node has ended. */
    static final Duration LIFE = Duration.ofHours(1);

    /** How often each entry is written again: three times in its life, as one write may be late. */
    static final Duration REWRITE_INTERVAL = Duration.ofMinutes(20);

    private final ConcurrentHashMap<String, byte[]> values = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    /** The keys under which Redis may hold an entry. */
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    /** When all entries were due last; used by the thread that writes. */
    private long markedAt;

    void put(String key, byte[] value) {
        values.put(key, value);
        changed.add(key);
    }

    /** Removes an entry. The caller removes it in Redis. */
    void remove(String key) {
        values.remove(key);
    }

    /** Returns the entry, or null if Redis must not have one. */
    byte @Nullable [] get(String key) {
        return values.get(key);
    }

    /** Records that an entry may reach Redis from now on. */
    void markWritten(String key) {
        written.add(key);
    }

    /** Records that Redis holds no entry under a key, unless this node has put one again. */
    void markRemoved(String key) {
        values.compute(key, (same, value) -> {
            if (value == null) {
                written.remove(same);
            } else {
                changed.add(same);
            }
            return value;
        });
    }

    /** Records that a removal has failed. Nothing is left to remove if the entry never reached Redis. */
    void markNotRemoved(String key) {
        if (written.contains(key)) {
            changed.add(key);
        }
    }

    /** Records that a write may have failed. */
    void markUnknown(String key) {
        written.add(key);
        changed.add(key);
    }

    /** Has all entries written again. */
    void markAll() {
        changed.addAll(values.keySet());
    }

    /** As {@link #markAll()}, and begins the time until they are due again. Called by the thread that writes. */
    void markAll(long nowNanos) {
        markedAt = nowNanos;
        markAll();
    }

    /** Has all entries written again if that is due, so that they outlive {@link #LIFE}. Called by the same thread. */
    void markAllIfDue(long nowNanos) {
        if (nowNanos - markedAt >= REWRITE_INTERVAL.toNanos()) {
            markAll(nowNanos);
        }
    }

    boolean hasChanged() {
        return !changed.isEmpty();
    }

    /** Returns keys whose state is to be written. */
    List<String> takeChanged(int max) {
        List<String> taken = new ArrayList<>();
        Iterator<String> keys = changed.iterator();
        while (taken.size() < max && keys.hasNext()) {
            taken.add(keys.next());
            keys.remove();
        }
        return taken;
    }

    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    int size() {
        return values.size();
    }
}
