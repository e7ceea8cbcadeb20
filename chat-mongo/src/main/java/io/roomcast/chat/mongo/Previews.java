package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buffers the newest message of each conversation and writes it to the conversation's document later. Many messages thus
 * cost one command, and an append costs no command of its own for the preview.
 *
 * <p>A crash loses the buffered previews; the conversation's next message replaces them. Safe for use by several
 * threads. Methods that write block; {@link #add} does so only if the buffer is full.
 */
final class Previews implements AutoCloseable {
    /** The default delay between a message and the write of its preview. */
    static final Duration DELAY = Duration.ofMillis(500);

    private static final int MAX_PENDING = 10_000;
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);

    private final Map<String, MessagePreview> pending = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final IdleTimer timer = new IdleTimer("roomcast-previews");
    private final ConversationDocuments conversations;
    private final Duration delay;

    Previews(ConversationDocuments conversations, Duration delay) {
        this.conversations = conversations;
        this.delay = delay;
    }

    /** Adds a message that a majority holds. */
    void add(Message message) {
        pending.merge(message.conversationId(), MessagePreview.of(message), Previews::newer);
        if (pending.size() > MAX_PENDING) {
            writeAll();
        } else {
            schedule();
        }
    }

    /** Returns the preview with the higher sequence number; the first one if both have the same. */
    static MessagePreview newer(MessagePreview known, MessagePreview added) {
        return added.seq() > known.seq() ? added : known;
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            timer.schedule(delay, this::tick);
        }
    }

    private void tick() {
        scheduled.set(false);
        writeAll();
        if (!pending.isEmpty()) {
            schedule();
        }
    }

    private void writeAll() {
        try {
            write(new HashMap<>(pending));
        } catch (MongoException failure) {
            log.debug("Could not write {} previews, will retry", pending.size(), failure);
        } catch (IllegalStateException closed) {
            // The driver throws this once the host has closed its client, so no later write can succeed.
            pending.clear();
        }
        if (pending.size() > MAX_PENDING) {
            pending.clear();
        }
    }

    /**
     * Writes the pending previews of the given conversations, so that readers on this node find them.
     *
     * @throws MongoException if the write fails; the previews stay pending
     */
    void flush(Collection<String> conversationIds) {
        Map<String, MessagePreview> wanted = new HashMap<>();
        for (String conversationId : conversationIds) {
            MessagePreview preview = pending.get(conversationId);
            if (preview != null) {
                wanted.put(conversationId, preview);
            }
        }
        write(wanted);
    }

    /** Writes the given previews now. Returns false if the write fails; the previews stay pending. */
    boolean tryFlush(Map<String, MessagePreview> newest) {
        try {
            write(newest);
            return true;
        } catch (MongoException | IllegalStateException failure) {
            log.debug("Could not write {} previews before an acknowledgement", newest.size(), failure);
            return false;
        }
    }

    /** Keeps previews pending until they are written. Writing one twice has no effect. */
    private void write(Map<String, MessagePreview> newest) {
        conversations.raise(newest);
        newest.forEach(pending::remove);
    }

    /** Stops the timer and tries once to write the pending previews. A second call has no effect. */
    @Override
    public void close() {
        timer.stop();
        writeAll();
    }
}
