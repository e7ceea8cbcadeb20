package io.roomcast.chat.internal.upload;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadOutcome;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AttachmentStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files that no message refers to: uploads that were not sent, and files whose message was deleted, trimmed or
 * erased, or has expired. Continues with whole files where a crash or a fault has ended the work. Looks at up to {@value
 * #PAGE} files every {@value #SECONDS} seconds, one round after the other, and at as many unfinished uploads.
 */
public final class UploadSweeper {
    /** Sets timers. */
    @FunctionalInterface
    interface Timers {
        /** Runs a task, which must not block, once after the delay. */
        Future<?> schedule(Duration delay, Runnable task);
    }

    private static final Logger log = LoggerFactory.getLogger(UploadSweeper.class);
    private static final int SECONDS = 60;
    private static final int FIRST_SECONDS = 5;
    private static final int PAGE = 500;

    /** The time for which a file is kept beyond its expiry, so that a message that is being sent does not lose it. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final AttachmentStore store;
    private final MessageFiles files;
    private final UploadCompletion completion;
    private final UploadNotices notices;
    private final UploadExpiry expiry;
    private final Timers timers;
    private final ThreadPoolExecutor thread;
    private final Clock clock;
    private volatile boolean closed;

    /** The last file that was looked at; confined to one task at a time. */
    private String last = "";

    /** The last unfinished upload that was looked at; confined as well. */
    private String lastUnfinished = "";

    UploadSweeper(
            AttachmentStore store,
            MessageFiles files,
            UploadCompletion completion,
            UploadNotices notices,
            UploadExpiry expiry,
            Timers timers,
            Clock clock) {
        this.store = store;
        this.files = files;
        this.completion = completion;
        this.notices = notices;
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
        schedule(FIRST_SECONDS);
    }

    private void schedule(int seconds) {
        if (!closed) {
            Future<?> unused = timers.schedule(Duration.ofSeconds(seconds), () -> thread.execute(this::run));
        }
    }

    private void run() {
        try {
            attempt("finish uploads", this::finishAll);
            attempt("look for files without a message", this::sweep);
        } finally {
            schedule(SECONDS);
        }
    }

    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            log.warn("failed to {}: {}", what, String.valueOf(failure));
        }
    }

    /** Continues with the next unfinished uploads whose files are whole. One that fails has its turn in the next round. */
    private void finishAll() {
        List<StoredFile> page = store.unfinished(lastUnfinished, PAGE);
        for (StoredFile file : page) {
            if (closed) {
                return;
            }
            lastUnfinished = file.id();
            if (store.size(file.id()) == file.size()) {
                CompletionStage<StoredFile> unused = completion.complete(file.id());
            }
        }
        if (isLast(page, () -> store.unfinished(lastUnfinished, PAGE))) {
            lastUnfinished = "";
        }
    }

    /** Looks at the next files. Starts a new round after the last one. One that fails has its turn in the next round. */
    void sweep() {
        List<StoredFile> page = store.list(last, PAGE);
        for (StoredFile file : page) {
            if (closed) {
                return;
            }
            last = file.id();
            sweep(file);
        }
        if (isLast(page, () -> store.list(last, PAGE))) {
            last = "";
        }
    }

    /** Returns whether no page follows. A page may be short because the store leaves out files whose facts it cannot read. */
    private static boolean isLast(List<StoredFile> page, Supplier<List<StoredFile>> next) {
        return page.isEmpty() || (page.size() < PAGE && next.get().isEmpty());
    }

    private void sweep(StoredFile file) {
        if (isNeeded(file)) {
            return;
        }
        if (!files.isReferredTo(file)) {
            delete(file);
        } else if (file.state().status() == UploadState.Status.SENT) {
            // Otherwise it remains among the uploads that the store searches until its user begins another one.
            UploadState sent = file.state();
            store.update(file, file.at(sent.at(UploadState.Status.ENDED, sent.since())));
        }
    }

    private boolean isNeeded(StoredFile file) {
        Duration margin = UploadExpiry.hasEnded(file) ? Duration.ZERO : MARGIN;
        return file.state().status() != UploadState.Status.ENDED
                && clock.instant().isBefore(expiry.of(file).plus(margin));
    }

    private void delete(StoredFile file) {
        UploadState refused = file.state().rejected(clock.instant(), ErrorCode.UPLOAD_NOT_FOUND);
        // Otherwise bytes may have been stored, or the file be sent, since the facts were read.
        if (UploadExpiry.hasEnded(file) || store.update(file, file.at(refused))) {
            store.delete(file.id());
            reportExpiry(file);
        }
    }

    private void reportExpiry(StoredFile file) {
        if (!UploadExpiry.hasEnded(file)) {
            notices.finished(file, UploadOutcome.EXPIRED, null, null);
        }
    }

    /** Stops the timer. */
    void close() {
        closed = true;
        thread.shutdown();
    }
}
