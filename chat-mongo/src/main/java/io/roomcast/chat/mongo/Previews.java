package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest message of each conversation on its way to the conversation's document: many become one, and are written
 * a moment later, so that a message itself costs one command.
 *
 * <p>What a crash loses is made good by the conversation's next message. Safe for use by several threads.
 */
final class Previews implements AutoCloseable {
    static final Duration DELAY = Duration.ofMillis(500);
    private static final int PENDING_AT_MOST = 10_000;
    private static final long IDLE_SECONDS = 5;
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);

    private final Map<String, MessagePreview> pending = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor timer = newTimer();
    private final ConversationDocuments conversations;
    private final Duration delay;

    Previews(ConversationDocuments conversations, Duration delay) {
        this.conversations = conversations;
        this.delay = delay;
    }

    private static ScheduledThreadPoolExecutor newTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "roomcast-previews");
            thread.setDaemon(true);
            return thread;
        });
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** Takes a message that a majority holds. */
    void note(Message message) {
        pending.merge(message.conversationId(), MessagePreview.of(message), Previews::newer);
        if (pending.size() > PENDING_AT_MOST) {
            writeAll();
        } else {
            schedule();
        }
    }

    static MessagePreview newer(MessagePreview known, MessagePreview news) {
        return news.seq() > known.seq() ? news : known;
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            ScheduledFuture<?> unused = timer.schedule(this::tick, delay.toNanos(), TimeUnit.NANOSECONDS);
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
            log.debug("{} previews wait for the database", pending.size(), failure);
        } catch (IllegalStateException closed) {
            // So the driver answers once the host has closed its client; there will be no other try.
            pending.clear();
        }
        if (pending.size() > PENDING_AT_MOST) {
            pending.clear();
        }
    }

    /**
     * Writes what waits for any of the conversations, so that a reader on this node finds it.
     *
     * @throws MongoException if it goes on waiting
     */
    void flush(Collection<String> conversationIds) {
        Map<String, MessagePreview> wanted = new HashMap<>();
        for (String conversationId : conversationIds) {
            MessagePreview waiting = pending.get(conversationId);
            if (waiting != null) {
                wanted.put(conversationId, waiting);
            }
        }
        write(wanted);
    }

    /** Writes the pending previews of the conversations now; returns false if the write fails. */
    boolean secure(Map<String, MessagePreview> newest) {
        try {
            write(newest);
            return true;
        } catch (MongoException | IllegalStateException failure) {
            log.debug("{} previews wait for the database", pending.size(), failure);
            return false;
        }
    }

    /** What is being written goes on waiting until it is there: to write it twice is to write it once. */
    private void write(Map<String, MessagePreview> newest) {
        conversations.raise(newest);
        newest.forEach(pending::remove);
    }

    /** Writes what waits, if the database takes it; a second call does nothing. */
    @Override
    public void close() {
        timer.shutdown();
        writeAll();
    }
}
