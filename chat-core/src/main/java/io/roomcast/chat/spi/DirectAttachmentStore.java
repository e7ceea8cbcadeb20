package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the facts of files in one store, and their bytes in the host's storage.
 *
 * <p>A URL may store bytes after the deletion of its file. So the facts of a deleted file are kept, but not found, until
 * its URLs have expired, and for {@value #LATE_MINUTES} minutes more: a request that began in time may end later, and the
 * clocks of the storage and of this server may differ. {@link #list} returns them, so that the file is deleted once more
 * then.
 */
final class DirectAttachmentStore implements AttachmentStore {
    static final int LATE_MINUTES = 60;

    private final AttachmentStore facts;
    private final DirectStorage storage;
    private final Clock clock;

    DirectAttachmentStore(AttachmentStore facts, DirectStorage storage, Clock clock) {
        this.facts = facts;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public Optional<DirectStorage> direct() {
        return Optional.of(storage);
    }

    @Override
    public boolean create(StoredFile file) {
        return facts.create(file);
    }

    @Override
    public Optional<StoredFile> find(String id) {
        return facts.find(id).filter(file -> !file.state().isDeleted());
    }

    @Override
    public boolean update(StoredFile before, StoredFile after) {
        return facts.update(before, after);
    }

    /** Refuses all bytes, because clients send them to the storage. */
    @Override
    public long append(String id, long offset, ByteBuffer bytes) {
        requireNonNull(id, "id");
        requireNonNull(bytes, "bytes");
        throw ChatException.of(ErrorCode.CONFLICT);
    }

    @Override
    public long size(String id) {
        return storage.size(requireNonNull(id, "id"));
    }

    @Override
    public boolean clear(StoredFile file) {
        boolean isSame = facts.clear(file);
        if (isSame) {
            storage.delete(file.id());
        }
        return isSame;
    }

    @Override
    public void sync(String id) {
        requireNonNull(id, "id");
    }

    @Override
    public ReadableByteChannel read(String id, long from, long length) {
        return storage.read(requireNonNull(id, "id"), from, length);
    }

    /** Deletes the facts last, so that a deletion that fails is repeated. */
    @Override
    public void delete(String id) {
        Instant now = clock.instant();
        Optional<StoredFile> file = facts.find(requireNonNull(id, "id"));
        if (file.filter(found -> isMarkedBeyond(found, now)).isPresent()) {
            return;
        }
        storage.delete(id);
        while (file.isPresent() && !deleteFacts(file.get(), now)) {
            file = facts.find(id);
        }
    }

    private static boolean isMarkedBeyond(StoredFile file, Instant now) {
        return file.state().isDeleted() && now.isBefore(file.state().since());
    }

    /** Deletes the facts, or marks them until no more bytes can arrive. Returns false if they have changed meanwhile. */
    private boolean deleteFacts(StoredFile file, Instant now) {
        Instant end = file.state().isDeleted() ? file.state().since() : endOfBytes(file, now);
        if (now.isBefore(end)) {
            return facts.update(file, file.at(UploadState.deleted(end)));
        }
        facts.delete(file.id());
        return true;
    }

    /** Returns the time after which no more bytes arrive. Clients have received no URL since the upload was open. */
    private Instant endOfBytes(StoredFile file, Instant now) {
        UploadState state = file.state();
        Instant last = state.status() == UploadState.Status.OPEN ? now : state.since();
        Duration validity = Duration.between(now, storage.upload(file).expiresAt());
        return last.plus(validity).plus(Duration.ofMinutes(LATE_MINUTES));
    }

    @Override
    public List<StoredFile> uploadsOf(String userId) {
        return facts.uploadsOf(userId);
    }

    @Override
    public List<StoredFile> unfinished(String after, int limit) {
        return facts.unfinished(after, limit);
    }

    @Override
    public List<StoredFile> list(String after, int limit) {
        return facts.list(after, limit);
    }

    @Override
    public void close() {
        facts.close();
    }
}
