package io.roomcast.chat.model;

import java.util.Locale;

/** How an upload ended. */
public enum UploadOutcome {
    /** The chat has sent the message with the file. */
    SENT,
    /** The file is complete and accepted. Its uploader may send it. */
    READY,
    /** The uploader has cancelled the upload. */
    CANCELLED,
    /** The file or its message was refused. */
    REJECTED,
    /** The file was not completed or not sent in time. */
    EXPIRED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the outcome as clients and metrics see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }
}
