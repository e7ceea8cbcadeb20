package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The step that the upload of a file has reached. Immutable.
 *
 * @param status the step that the upload has reached
 * @param since the time of that step, in whole milliseconds; of an open upload the time when its last bytes were stored, to
 *     the minute
 * @param code why the file was refused, or null unless it was
 * @param message what the chat needs for the message that it sends itself when the file is complete, in a form of its own;
 *     null if it sends none, or has sent it
 */
public record UploadState(
        Status status,
        Instant since,
        @Nullable ErrorCode code,
        @Nullable String message) {
    /** The steps of an upload. */
    public enum Status {
        /** Bytes are missing. */
        OPEN,
        /** All bytes are stored. The host's inspector has not accepted them yet. They no longer change. */
        CHECKING,
        /** The file is accepted, and the chat sends the message. */
        SENDING,
        /** The file is accepted. Its uploader may send it in a message. */
        READY,
        /** A message refers to the file. A repeated request still finds the upload. */
        SENT,
        /** As {@link #SENT}, but a repeated request begins another upload. */
        ENDED,
        /** The file was refused, and its bytes are removed. A repeated request still finds the upload. */
        REJECTED;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** Returns the step as clients see it: {@code open, checking, ready, sent} or {@code rejected}. */
        public String wireName() {
            return switch (this) {
                case SENDING -> CHECKING.wireName;
                case ENDED -> SENT.wireName;
                default -> wireName;
            };
        }

        /** Returns whether a message refers to the file. */
        public boolean isSent() {
            return this == SENT || this == ENDED;
        }

        /** Returns whether the chat has to do something before the upload ends, if all bytes are stored. */
        public boolean isUnfinished() {
            return this == OPEN || this == CHECKING || this == SENDING;
        }
    }

    /** Rejects null, and drops what is less than a millisecond. */
    public UploadState {
        requireNonNull(status, "status");
        since = requireNonNull(since, "since").truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns the first step of an upload whose file its uploader sends. */
    public static UploadState open(Instant since) {
        return new UploadState(Status.OPEN, since, null, null);
    }

    /**
     * Returns the first step of an upload whose file the chat sends.
     *
     * @param message what the chat needs for that
     */
    public static UploadState toBeSent(Instant since, String message) {
        return new UploadState(Status.OPEN, since, null, requireNonNull(message, "message"));
    }

    /** Returns whether the chat sends the file itself. */
    public boolean willBeSent() {
        return message != null;
    }

    /** Returns another step of the same upload. Only a step that is not the last one keeps what the message needs. */
    public UploadState at(Status next, Instant time) {
        boolean isUnfinished = requireNonNull(next, "next").isUnfinished();
        return new UploadState(next, requireNonNull(time, "time"), null, isUnfinished ? message : null);
    }

    /**
     * Returns the last step of an upload whose file is deleted, although its bytes may still be stored once more.
     *
     * @param end the time after which they cannot
     */
    public static UploadState deleted(Instant end) {
        return new UploadState(Status.ENDED, requireNonNull(end, "end"), ErrorCode.UPLOAD_NOT_FOUND, null);
    }

    /** Returns whether the file is deleted, although its bytes may be stored once more. */
    public boolean isDeleted() {
        return status == Status.ENDED && code != null;
    }

    /** Returns the last step of an upload whose file is refused. */
    public UploadState rejected(Instant time, ErrorCode refusal) {
        return new UploadState(Status.REJECTED, requireNonNull(time, "time"), requireNonNull(refusal, "refusal"), null);
    }
}
