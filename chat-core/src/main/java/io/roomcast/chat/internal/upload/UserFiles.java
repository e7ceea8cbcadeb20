package io.roomcast.chat.internal.upload;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.FileVerdict;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Assembles the package.
 *
 * @param store the store of files, which is closed with this
 * @param calls calls the parts, which block for the store
 * @param uploads begins and ends uploads
 * @param direct receives what clients report of uploads to the host's own storage
 * @param ofMessages connects files with messages
 * @param completion does what whole files need
 * @param notices notifies clients of uploads
 * @param expiry decides when uploads expire
 * @param sweeper deletes files without a message
 */
public record UserFiles(
        AttachmentStore store,
        StoreCalls calls,
        Uploads uploads,
        DirectUploads direct,
        MessageFiles ofMessages,
        UploadCompletion completion,
        UploadNotices notices,
        UploadExpiry expiry,
        UploadSweeper sweeper)
        implements AutoCloseable {
    /**
     * What the package uses of the chat.
     *
     * @param messages the store of messages
     * @param events sends events
     * @param timers runs a task, which must not block, once after the delay
     * @param inspection checks a file; a stage that fails is no verdict
     */
    public record Chat(
            MessageStore messages,
            UploadEvents events,
            ChatMetrics metrics,
            Limits limits,
            BiFunction<Duration, Runnable, Future<?>> timers,
            Function<StoredFile, CompletionStage<FileVerdict>> inspection,
            Clock clock) {}

    /** Creates the parts. */
    public static UserFiles create(AttachmentStore store, StoreCalls calls, Chat chat) {
        Clock clock = chat.clock();
        UploadExpiry expiry = new UploadExpiry(store, chat.limits().uploadExpiry(), clock);
        UploadNotices notices = new UploadNotices(chat.events(), chat.metrics(), clock);
        MessageFiles ofMessages = new MessageFiles(store, chat.messages(), notices, expiry, clock);
        UploadCompletion completion = new UploadCompletion(store, ofMessages, calls, chat.inspection(), notices, clock);
        Uploads uploads = new Uploads(store, notices, expiry, chat.limits(), clock);
        DirectUploads direct = new DirectUploads(store, calls, uploads, completion, notices);
        UploadSweeper sweeper =
                new UploadSweeper(store, ofMessages, completion, notices, expiry, chat.timers()::apply, clock);
        return new UserFiles(store, calls, uploads, direct, ofMessages, completion, notices, expiry, sweeper);
    }

    /** Sets the sender of messages, and starts the timer of the sweeper. */
    public void start(MessageSender sender) {
        completion.onSend(sender);
        sweeper.start();
    }

    /**
     * Notifies the room that more bytes of an upload are stored, and lets it expire later. Blocks for the store, at most once
     * a minute for each upload.
     *
     * @param file the facts of the file when its upload was found
     * @param loaded the number of bytes that are stored
     */
    public void progress(StoredFile file, long loaded) {
        notices.progress(file, loaded);
        expiry.renew(file);
    }

    @Override
    public void close() {
        sweeper.close();
        store.close();
    }
}
