package io.roomcast.chat.internal.upload;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/**
 * Assembles the package.
 *
 * @param store the store of files, which is closed with this
 * @param uploads begins and ends uploads
 * @param ofMessages connects files with messages
 * @param stopSweeper stops the timer that deletes files without a message
 */
public record UserFiles(AttachmentStore store, Uploads uploads, MessageFiles ofMessages, Runnable stopSweeper)
        implements AutoCloseable {
    /**
     * Creates the parts, and starts the timer of the sweeper.
     *
     * @param timers runs a task, which must not block, once after the delay
     */
    public static UserFiles create(
            AttachmentStore store,
            MessageStore messages,
            Limits limits,
            BiFunction<Duration, Runnable, Future<?>> timers,
            Executor workers,
            Clock clock) {
        MessageFiles ofMessages = new MessageFiles(store, messages, limits.uploadExpiry(), clock);
        UploadSweeper sweeper =
                new UploadSweeper(store, ofMessages, limits.uploadExpiry(), timers::apply, workers, clock);
        sweeper.start();
        return new UserFiles(store, new Uploads(store, limits, clock), ofMessages, sweeper::close);
    }

    @Override
    public void close() {
        stopSweeper.run();
        store.close();
    }
}
