package io.roomcast.chat.internal.upload;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the files of messages that are sent and deleted. Does nothing for messages without files, nor if the host keeps no
 * files. Safe for use by any thread; never blocks.
 */
public final class SentFiles {
    @Nullable
    private final UserFiles files;

    /** Follows the files of messages, if there are any. */
    public SentFiles(Optional<UserFiles> files) {
        this.files = files.orElse(null);
    }

    /** Returns whether the host keeps files. */
    public boolean exist() {
        return files != null;
    }

    /** Returns the draft with the stored facts of its files. Fails if the sender cannot send one of them. */
    public CompletionStage<MessageDraft> resolve(MessageDraft draft) {
        return files == null || !MessageFiles.refersToFiles(draft.body())
                ? CompletableFuture.completedFuture(draft)
                : files.calls()
                        .call(draft.conversationId(), () -> files.ofMessages().resolve(draft));
    }

    /** Reserves the files of a message that is about to be stored, and returns its draft. */
    public CompletionStage<MessageDraft> reserve(MessageDraft draft) {
        if (files == null || !MessageFiles.refersToFiles(draft.body())) {
            return CompletableFuture.completedFuture(draft);
        }
        return files.calls().call(draft.conversationId(), () -> {
            files.ofMessages().reserve(draft);
            return draft;
        });
    }

    /** Records later that a message is stored. */
    public void stored(Message message) {
        later(message.body(), found -> found.stored(message));
    }

    /** Deletes later the files of a message that was deleted. */
    public void deleted(MessageBody before) {
        later(before, found -> found.deleted(before));
    }

    /** Starts a task. What fails here, the sweeper does some time later. */
    private void later(MessageBody body, Consumer<MessageFiles> task) {
        if (files != null && MessageFiles.refersToFiles(body)) {
            CompletionStage<Boolean> unused = files.calls().call(null, () -> {
                task.accept(files.ofMessages());
                return true;
            });
        }
    }
}
