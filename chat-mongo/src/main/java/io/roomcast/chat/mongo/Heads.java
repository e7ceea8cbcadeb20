package io.roomcast.chat.mongo;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The newest place known to be stored of the conversations written to of late. Safe for use by several threads.
 *
 * <p>A head may lag behind the truth, which costs a refused insert. It is never ahead of it, which would cost a hole:
 * only places that a majority holds are told to it.
 */
final class Heads {
    private final int capacity;
    private final Map<String, Long> heads = new LinkedHashMap<>(16, 0.75f, true);

    Heads(int capacity) {
        this.capacity = capacity;
    }

    synchronized OptionalLong of(String conversationId) {
        Long head = heads.get(conversationId);
        return head == null ? OptionalLong.empty() : OptionalLong.of(head);
    }

    synchronized void raise(String conversationId, long seq) {
        heads.merge(conversationId, seq, Math::max);
        if (heads.size() > capacity) {
            Iterator<String> leastRecent = heads.keySet().iterator();
            leastRecent.next();
            leastRecent.remove();
        }
    }

    synchronized void forget(String conversationId) {
        heads.remove(conversationId);
    }
}
