package io.roomcast.chat.internal.upload;

import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.event.UploadProgress;

/** Sends the events of uploads, on all nodes. Safe for use by any thread; never blocks. */
public interface UploadEvents {
    /** Sends an event to the room. */
    void progress(UploadProgress event);

    /**
     * Sends an event to the sessions of the uploader.
     *
     * @param isForRoom whether the other users in the room receive it, too
     */
    void finished(UploadFinished event, boolean isForRoom);
}
