package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;

/** Keeps the facts of files in one store, and their bytes in the host's storage. */
final class DirectAttachmentStore implements AttachmentStore {
    private final AttachmentStore facts;
    private final DirectStorage storage;

    DirectAttachmentStore(AttachmentStore facts, DirectStorage storage) {
        this.facts = facts;
        this.storage = storage;
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
        return facts.find(id);
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
        storage.delete(requireNonNull(id, "id"));
        facts.delete(id);
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
