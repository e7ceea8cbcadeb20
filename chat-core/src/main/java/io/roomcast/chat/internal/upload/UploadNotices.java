package io.roomcast.chat.internal.upload;

import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.event.UploadProgress;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadOutcome;
import io.roomcast.chat.spi.ChatMetrics;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notifies rooms of the progress of uploads, and uploaders and rooms of their end. A room receives these only if the chat
 * sends the message. Safe for use by any thread; never blocks.
 */
public final class UploadNotices {
    private static final Duration PER_UPLOAD = Duration.ofMillis(250);
    private static final Duration PER_ROOM = Duration.ofMillis(125);

    private final UploadEvents events;
    private final ChatMetrics metrics;
    private final IntervalThrottle uploads;
    private final IntervalThrottle rooms;

    UploadNotices(UploadEvents events, ChatMetrics metrics, Clock clock) {
        this.events = events;
        this.metrics = metrics;
        this.uploads = new IntervalThrottle(PER_UPLOAD, clock);
        this.rooms = new IntervalThrottle(PER_ROOM, clock);
    }

    /** Notifies the room that more bytes are stored, unless it was notified just before. */
    public void progress(StoredFile file, long loaded) {
        boolean isDue = file.state().willBeSent()
                && loaded < file.size()
                && rooms.isDue(file.conversationId())
                && uploads.tryPass(file.id())
                && rooms.tryPass(file.conversationId());
        if (isDue) {
            events.progress(new UploadProgress(
                    file.conversationId(), file.userId(), file.id(), file.name(), loaded, file.size()));
        }
    }

    /**
     * Notifies of the end of an upload.
     *
     * @param file the file before that
     */
    void finished(StoredFile file, UploadOutcome outcome, @Nullable String messageId, @Nullable ErrorCode code) {
        metrics.onUpload(outcome, file.size());
        boolean isKept = outcome == UploadOutcome.SENT || outcome == UploadOutcome.READY;
        UploadFinished event = new UploadFinished(
                file.conversationId(),
                file.userId(),
                file.id(),
                file.name(),
                outcome,
                messageId,
                isKept ? file.url() : null,
                code);
        events.finished(event, file.state().willBeSent());
    }
}
