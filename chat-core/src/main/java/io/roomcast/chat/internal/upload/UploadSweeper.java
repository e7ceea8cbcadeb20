package io.roomcast.chat.internal.upload;

import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.AttachmentStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files that no message refers to: uploads that were not sent, and files whose message was deleted, trimmed or
 * erased, or has expired. Looks at up to {@value #PAGE} files every {@value #SECONDS} seconds, one round after the other.
 */
final class UploadSweeper {
    /** Sets timers. */
    @FunctionalInterface
    interface Timers {
        /** Runs a task, which must not block, once after the delay. */
        Future<?> schedule(Duration delay, Runnable task);
    }

    private static final Logger log = LoggerFactory.getLogger(UploadSweeper.class);
    private static final int SECONDS = 60;
    private static final int PAGE = 500;

    /** The time for which a file is kept beyond its expiry, so that a message that is being sent does not lose it. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final AttachmentStore store;
    private final MessageFiles files;
    private final Duration expiry;
    private final Timers timers;
    private final ThreadPoolExecutor thread;
    private final Clock clock;
    private volatile boolean closed;

    /** The last file that was looked at; confined to one task at a time. */
    private String last = "";

    UploadSweeper(AttachmentStore store, MessageFiles files, Duration expiry, Timers timers, Clock clock) {
        this.store = store;
        this.files = files;
        this.expiry = expiry;
        this.timers = timers;
        this.thread = new ThreadPoolExecutor(
                0,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(1),
                UploadSweeper::newThread,
                new ThreadPoolExecutor.DiscardPolicy());
        this.clock = clock;
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "roomcast-file-sweeper");
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        if (!closed) {
            Future<?> unused = timers.schedule(Duration.ofSeconds(SECONDS), () -> thread.execute(this::run));
        }
    }

    private void run() {
        try {
            sweep();
        } catch (RuntimeException failure) {
            log.warn("failed to look for files without a message: {}", String.valueOf(failure));
        } finally {
            start();
        }
    }

    /** Looks at the next files. Starts a new round after the last file. */
    void sweep() {
        List<StoredFile> page = store.list(last, PAGE);
        for (StoredFile file : page) {
            if (closed) {
                return;
            }
            sweep(file);
            last = file.id();
        }
        if (page.size() < PAGE) {
            last = "";
        }
    }

    private void sweep(StoredFile file) {
        if (!mayBeSent(file) && !files.isReferredTo(file)) {
            store.delete(file.id());
        }
    }

    private boolean mayBeSent(StoredFile file) {
        StoredFile.Use use = file.use();
        Instant end = file.createdAt().plus(expiry).plus(MARGIN);
        return (use == null || !use.stored()) && clock.instant().isBefore(end);
    }

    /** Stops the timer. */
    void close() {
        closed = true;
        thread.shutdown();
    }
}
