package io.roomcast.chat.internal.upload;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the files of messages that are sent and deleted. Does nothing for messages without files, nor if the host keeps no
 * files. Safe for use by any thread.
 */
public final class SentFiles {
    private static final Logger log = LoggerFactory.getLogger(SentFiles.class);

    @Nullable
    private final MessageFiles files;

    private final Executor workers;

    /** Follows the files of messages, if there are any. */
    public SentFiles(Optional<UserFiles> files, Executor workers) {
        this.files = files.map(UserFiles::ofMessages).orElse(null);
        this.workers = workers;
    }

    /** Returns whether the message refers to files of users. */
    public boolean concern(MessageBody body) {
        return files != null && MessageFiles.refersToFiles(body);
    }

    /** Returns the draft with the stored facts of its files. Never blocks. */
    public CompletionStage<MessageDraft> resolve(MessageDraft draft) {
        return files == null || !concern(draft.body())
                ? CompletableFuture.completedFuture(draft)
                : CompletableFuture.supplyAsync(() -> files.resolve(draft), workers);
    }

    /** Reserves the files of a message that is about to be stored. Blocks if there are any. */
    public void reserve(MessageDraft draft) {
        if (files != null && concern(draft.body())) {
            files.reserve(draft);
        }
    }

    /** Records later that a message is stored. */
    public void stored(Message message) {
        later(message.body(), found -> found.stored(message));
    }

    /** Deletes later the files of a message that was deleted. */
    public void deleted(MessageBody before) {
        later(before, found -> found.deleted(before));
    }

    /** Runs a task on a worker. What fails here, the sweeper does some time later. */
    private void later(MessageBody body, Consumer<MessageFiles> task) {
        MessageFiles found = files;
        if (found != null && concern(body)) {
            workers.execute(() -> {
                try {
                    task.accept(found);
                } catch (RuntimeException failure) {
                    log.warn("failed to update the file of a message: {}", String.valueOf(failure));
                }
            });
        }
    }
}
