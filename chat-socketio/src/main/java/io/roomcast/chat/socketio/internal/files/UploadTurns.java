package io.roomcast.chat.socketio.internal.files;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Lets one request at a time work on an upload. A later request ends the earlier one, whose client has probably lost its
 * connection, and waits until its last bytes are stored. Safe for use by any thread.
 */
final class UploadTurns {
    private final ConcurrentMap<String, Turn> latest = new ConcurrentHashMap<>();

    /** The turn of one request. */
    final class Turn {
        private final String uploadId;
        private final Runnable stop;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        private Turn(String uploadId, Runnable stop) {
            this.uploadId = uploadId;
            this.stop = stop;
        }

        /** Lets the next request begin. A second call has no effect. */
        void end() {
            latest.remove(uploadId, this);
            ended.complete(null);
        }
    }

    /**
     * Takes the turn after the request that has it.
     *
     * @param stop ends this request when a later one wants the turn; runs on any thread
     * @return the turn, and a stage that completes when it begins
     */
    Begun next(String uploadId, Runnable stop) {
        Turn turn = new Turn(uploadId, stop);
        Turn before = latest.put(uploadId, turn);
        if (before == null) {
            return new Begun(turn, CompletableFuture.completedFuture(null));
        }
        before.stop.run();
        return new Begun(turn, before.ended);
    }

    /**
     * A turn that is taken.
     *
     * @param turn the turn, which the request ends
     * @param start completes when the turn begins
     */
    record Begun(Turn turn, CompletableFuture<Void> start) {}
}
