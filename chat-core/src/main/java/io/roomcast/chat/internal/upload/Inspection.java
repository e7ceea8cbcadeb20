package io.roomcast.chat.internal.upload;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.FileInspector;
import io.roomcast.chat.spi.FileVerdict;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks the host's inspector about whole files. Safe for use by any thread; never blocks. */
public final class Inspection {
    private final FileInspector inspector;
    private final AttachmentStore store;
    private final StoreCalls calls;

    /**
     * Creates an inspection.
     *
     * @param calls calls the inspector on threads of its own, with a time limit
     */
    public Inspection(FileInspector inspector, AttachmentStore store, StoreCalls calls) {
        this.inspector = inspector;
        this.store = store;
        this.calls = calls;
    }

    /**
     * Returns the future verdict on a file. Fails if the inspector fails, or is too slow; then the file must not be sent.
     */
    public CompletionStage<FileVerdict> inspect(StoredFile file) {
        return inspector == FileInspector.none()
                ? CompletableFuture.completedFuture(FileVerdict.accept())
                : calls.call(file.userId(), () -> verdict(file));
    }

    private FileVerdict verdict(StoredFile file) throws IOException {
        try (ReadableByteChannel bytes = store.read(file.id(), 0, file.size())) {
            return required(inspector.inspect(file, bytes));
        }
    }

    private static FileVerdict required(@Nullable FileVerdict verdict) {
        if (verdict == null) {
            throw ChatException.of(ErrorCode.INTERNAL_ERROR, new NullPointerException("no verdict"));
        }
        return verdict;
    }
}
