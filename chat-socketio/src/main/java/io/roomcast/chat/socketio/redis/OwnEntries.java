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

    /** Records that Redis may hold another state. */
    void markChanged(String key) {
        changed.add(key);
    }

    /** Records that Redis may have removed an entry that this node has put again. */
    void markIfPresent(String key) {
        if (values.containsKey(key)) {
            changed.add(key);
        }
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
