package io.roomcast.chat.internal.upload;

import io.roomcast.chat.command.StartUpload.Started;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadOutcome;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.model.UploadState.Status;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.FileVerdict;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what remains to be done for whole files: lets the host's inspector check them, and sends their messages.
 *
 * <p>Each step is recorded before the next begins, and only by one of several servers. A step that a crash or a fault has
 * prevented is repeated by the next call; the message has the same key each time. Safe for use by any thread; never blocks.
 */
public final class UploadCompletion {
    private static final Logger log = LoggerFactory.getLogger(UploadCompletion.class);
    private static final long SOON_MILLIS = 2_000;

    private final AttachmentStore store;
    private final MessageFiles messages;
    private final StoreCalls calls;
    private final Function<StoredFile, CompletionStage<FileVerdict>> inspection;
    private final UploadNotices notices;
    private final Clock clock;
    private final ConcurrentMap<String, CompletableFuture<StoredFile>> running = new ConcurrentHashMap<>();
    private volatile MessageSender sender =
            (session, message) -> CompletableFuture.failedFuture(ChatException.of(ErrorCode.UNAVAILABLE));

    /**
     * Creates a completion.
     *
     * @param inspection checks a file; a stage that fails is no verdict, and the file is checked again later
     */
    UploadCompletion(
            AttachmentStore store,
            MessageFiles messages,
            StoreCalls calls,
            Function<StoredFile, CompletionStage<FileVerdict>> inspection,
            UploadNotices notices,
            Clock clock) {
        this.store = store;
        this.messages = messages;
        this.calls = calls;
        this.inspection = inspection;
        this.notices = notices;
        this.clock = clock;
    }

    /** Sets the sender of messages. */
    void onSend(MessageSender messageSender) {
        sender = messageSender;
    }

    /**
     * Takes the steps that a whole file still needs. Does nothing if bytes are missing.
     *
     * @return the facts of the file when no step is left, or when one could not be taken now; fails if there is no file, or
     *     the store is unavailable
     */
    public CompletionStage<StoredFile> complete(String uploadId) {
        CompletableFuture<StoredFile> mine = new CompletableFuture<>();
        CompletableFuture<StoredFile> other = running.putIfAbsent(uploadId, mine);
        if (other != null) {
            return other;
        }
        CompletionStage<StoredFile> unused = call(() -> begin(uploadId))
                .thenCompose(this::goOn)
                .whenComplete((file, failure) -> {
                    running.remove(uploadId, mine);
                    if (failure == null) {
                        mine.complete(file);
                    } else {
                        mine.completeExceptionally(ChatException.from(failure));
                    }
                });
        return mine;
    }

    /** As {@link #complete} for a file that is whole, but returns after a short time in any case, and does not fail. */
    public CompletionStage<Started> completeSoon(Started upload, Uploads uploads) {
        StoredFile file = upload.file();
        if (!file.state().status().isUnfinished() || upload.offset() < file.size()) {
            return CompletableFuture.completedFuture(upload);
        }
        return complete(file.id())
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(file, SOON_MILLIS, TimeUnit.MILLISECONDS)
                .handle((facts, failure) -> failure == null ? uploads.started(facts, upload.offset()) : upload);
    }

    private <T> CompletionStage<T> call(Callable<T> task) {
        return calls.call(null, task);
    }

    private StoredFile require(String uploadId) {
        return store.find(uploadId).orElseThrow(() -> ChatException.of(ErrorCode.UPLOAD_NOT_FOUND));
    }

    private StoredFile at(StoredFile file, Status status) {
        return file.at(file.state().at(status, clock.instant()));
    }

    /** Closes an upload whose bytes are all stored. From then on they do not change. */
    private StoredFile begin(String uploadId) {
        StoredFile file = require(uploadId);
        while (file.state().status() == Status.OPEN && store.size(uploadId) == file.size()) {
            StoredFile checking = at(file, Status.CHECKING);
            if (store.update(file, checking)) {
                // Bytes may have been removed by a request that found the upload open.
                return store.size(uploadId) == file.size() ? checking : reopened(checking);
            }
            file = require(uploadId);
        }
        return file;
    }

    private StoredFile reopened(StoredFile checking) {
        StoredFile open = at(checking, Status.OPEN);
        return store.update(checking, open) ? open : require(checking.id());
    }

    private CompletionStage<StoredFile> goOn(StoredFile file) {
        return switch (file.state().status()) {
            case CHECKING -> inspect(file);
            case SENDING -> send(file);
            default -> CompletableFuture.completedFuture(file);
        };
    }

    private CompletionStage<StoredFile> inspect(StoredFile file) {
        return verdict(file)
                .handle((verdict, failure) -> failure == null
                        ? call(() -> checked(file, verdict)).thenCompose(this::goOnUnlessChecking)
                        : later(file, "check", failure))
                .thenCompose(Function.identity());
    }

    private CompletionStage<FileVerdict> verdict(StoredFile file) {
        try {
            return inspection.apply(file);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Another server that checks the file at the same time ends what it has begun. */
    private CompletionStage<StoredFile> goOnUnlessChecking(StoredFile file) {
        return file.state().status() == Status.CHECKING ? CompletableFuture.completedFuture(file) : goOn(file);
    }

    /** Leaves a step for the next call. */
    private static CompletionStage<StoredFile> later(StoredFile file, String step, Throwable failure) {
        log.warn("could not {} an uploaded file now, and will try again: {}", step, String.valueOf(failure));
        return CompletableFuture.completedFuture(file);
    }

    private StoredFile checked(StoredFile file, FileVerdict verdict) {
        if (verdict.code() != null) {
            return rejected(file, verdict.code());
        }
        StoredFile typed = file.ofType(Objects.requireNonNullElse(verdict.mimeType(), file.mimeType()));
        StoredFile next =
                file.state().willBeSent() ? at(typed, Status.SENDING).usedBy(firstUse(file)) : at(typed, Status.READY);
        if (!store.update(file, next)) {
            return require(file.id());
        }
        if (next.state().status() == Status.READY) {
            notices.finished(file, UploadOutcome.READY, null, null);
        }
        return next;
    }

    /** Reserves the file for its message, which has no id yet. */
    private static StoredFile.Use firstUse(StoredFile file) {
        return new StoredFile.Use(PlannedMessage.of(file).key(file), file.id(), false);
    }

    private StoredFile rejected(StoredFile file, ErrorCode code) {
        UploadState state = file.state().rejected(clock.instant(), code);
        StoredFile rejected = file.at(state);
        if (!store.update(file, rejected)) {
            return require(file.id());
        }
        store.clear(rejected);
        notices.finished(file, UploadOutcome.REJECTED, null, code);
        return rejected;
    }

    private CompletionStage<StoredFile> send(StoredFile file) {
        PlannedMessage planned = PlannedMessage.of(file);
        return sender.send(planned.session(file), planned.with(file))
                .handle((message, failure) ->
                        failure == null ? call(() -> sent(file, message)) : failed(file, ChatException.from(failure)))
                .thenCompose(Function.identity());
    }

    private StoredFile sent(StoredFile file, Message message) {
        messages.sent(file.id(), message);
        StoredFile sent = require(file.id());
        if (!MessageFiles.refersTo(message, file)) {
            // Another message has the same key: the file of an earlier attempt, or one that the client has sent itself.
            store.clear(sent);
        }
        return sent;
    }

    private CompletionStage<StoredFile> failed(StoredFile file, ChatException refusal) {
        return refusal.code().retryable()
                ? later(file, "send", refusal)
                : call(() -> unsent(file.id(), refusal.code()));
    }

    /**
     * The message may have been reserved meanwhile, which changes the facts. An earlier attempt may have stored it and ended
     * before that was recorded; then the file belongs to it, whatever became of the user since.
     */
    private StoredFile unsent(String uploadId, ErrorCode code) {
        StoredFile file = require(uploadId);
        while (file.state().status() == Status.SENDING) {
            Optional<Message> stored = messages.messageOf(file);
            if (stored.isPresent()) {
                return sent(file, stored.get());
            }
            file = rejected(file, code);
        }
        return file;
    }
}
