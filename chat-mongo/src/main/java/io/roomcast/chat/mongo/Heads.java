package io.roomcast.chat.mongo;

import io.roomcast.chat.model.MessageDraft;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest place known to be stored of the conversations written to of late. Safe for use by several threads.
 *
 * <p>A head may lag behind the truth, which costs a refused insert. It is never ahead of it, which would cost a hole:
 * only places that a majority holds are told to it.
 */
final class Heads {
    /**
     * What a writer needs to know of a conversation. Immutable.
     *
     * @param seq its newest place; 0 if it has none
     * @param version its newest change that is done; not kept up to date here
     * @param retention how long its messages are kept, which never changes; null for ever
     */
    record Head(long seq, long version, @Nullable Duration retention) {
        static final Head NONE = new Head(0, 0, null);

        Head raisedTo(long newSeq) {
            return newSeq > seq ? new Head(newSeq, version, retention) : this;
        }

        StoredMessage place(MessageDraft draft) {
            return StoredMessage.of(draft.at(seq), retention);
        }
    }

    private final int capacity;
    private final Map<String, Head> heads = new LinkedHashMap<>(16, 0.75f, true);

    Heads(int capacity) {
        this.capacity = capacity;
    }

    synchronized Optional<Head> of(String conversationId) {
        return Optional.ofNullable(heads.get(conversationId));
    }

    synchronized void learn(String conversationId, Head head) {
        heads.merge(conversationId, head, (known, news) -> known.raisedTo(news.seq()));
        if (heads.size() > capacity) {
            Iterator<String> leastRecent = heads.keySet().iterator();
            leastRecent.next();
            leastRecent.remove();
        }
    }

    /** Raises a head that is known; of another, the place alone would say too little. */
    synchronized void raise(String conversationId, long seq) {
        heads.computeIfPresent(conversationId, (id, known) -> known.raisedTo(seq));
    }
}
