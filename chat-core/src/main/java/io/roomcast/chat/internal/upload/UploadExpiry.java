package io.roomcast.chat.internal.upload;

import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AttachmentStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides when uploads expire: some time after their last bytes were stored, or after a later step. The store of files keeps
 * that time, so that all servers agree. Safe for use by any thread.
 */
final class UploadExpiry {
    /** The time for which a repeated request still finds an upload that has ended, so that it begins no other one. */
    private static final Duration REPEATABLE = Duration.ofMinutes(10);

    private static final Duration MAX_PRECISION = Duration.ofMinutes(1);
    private static final int PARTS = 10;

    private final AttachmentStore store;
    private final Duration unsent;
    private final Clock clock;

    /** The interval in which the time of the last bytes is stored. */
    private final Duration precision;

    private final IntervalThrottle renewals;

    /**
     * Creates an expiry.
     *
     * @param unsent the time after which a file expires that is not sent
     */
    UploadExpiry(AttachmentStore store, Duration unsent, Clock clock) {
        this.store = store;
        this.unsent = unsent;
        this.clock = clock;
        Duration part = unsent.dividedBy(PARTS);
        this.precision = part.compareTo(MAX_PRECISION) < 0 ? part : MAX_PRECISION;
        this.renewals = new IntervalThrottle(precision, clock);
    }

    /** Returns the time at which an upload expires; that of a sent or refused file is forgotten then. */
    Instant of(StoredFile file) {
        return file.state().since().plus(hasEnded(file) ? REPEATABLE : unsent);
    }

    /** Returns whether an upload has expired. */
    boolean isOver(StoredFile file) {
        return clock.instant().isAfter(of(file));
    }

    /** Returns whether the file of an upload is sent or refused. */
    static boolean hasEnded(StoredFile file) {
        UploadState.Status status = file.state().status();
        return status.isSent() || status == UploadState.Status.REJECTED;
    }

    /**
     * Lets an open upload expire later, because bytes of it were stored. Blocks for the store, at most once a minute for
     * each upload.
     *
     * @param found the facts of the file when its upload was found
     */
    void renew(StoredFile found) {
        Instant now = clock.instant();
        boolean isDue = !now.isBefore(found.state().since().plus(precision)) && renewals.tryPass(found.id());
        if (isDue) {
            store.find(found.id())
                    .filter(file -> file.state().status() == UploadState.Status.OPEN)
                    // If the facts have changed meanwhile, the upload was renewed or has gone on.
                    .ifPresent(file -> store.update(file, file.at(file.state().at(UploadState.Status.OPEN, now))));
        }
    }
}
