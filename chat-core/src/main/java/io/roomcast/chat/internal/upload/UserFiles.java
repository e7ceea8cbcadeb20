package io.roomcast.chat.internal.upload;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/**
 * Assembles the package.
 *
 * @param store the store of files, which is closed with this
 * @param calls calls the parts, which block for the store
 * @param uploads begins and ends uploads
 * @param ofMessages connects files with messages
 * @param stopSweeper stops the timer that deletes files without a message
 */
public record UserFiles(
        AttachmentStore store, StoreCalls calls, Uploads uploads, MessageFiles ofMessages, Runnable stopSweeper)
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
            StoreCalls calls,
            Clock clock) {
        MessageFiles ofMessages = new MessageFiles(store, messages, limits.uploadExpiry(), clock);
        UploadSweeper sweeper = new UploadSweeper(store, ofMessages, limits.uploadExpiry(), timers::apply, clock);
        sweeper.start();
        return new UserFiles(store, calls, new Uploads(store, limits, clock), ofMessages, sweeper::close);
    }

    @Override
    public void close() {
        stopSweeper.run();
        store.close();
    }
}
