package io.roomcast.chat.socketio.redis;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The entries of this node, and the keys under which Redis may hold another state. Safe for use by any thread. */
final class OwnEntries {
    private final ConcurrentHashMap<String, byte[]> values = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    /** The keys under which Redis may hold an entry. */
    private final Set<String> written = ConcurrentHashMap.newKeySet();

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

    void markAll() {
        changed.addAll(values.keySet());
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
