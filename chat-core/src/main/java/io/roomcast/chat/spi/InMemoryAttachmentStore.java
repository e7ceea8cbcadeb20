package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Stores files in memory. Safe for use by any thread. */
final class InMemoryAttachmentStore implements AttachmentStore {
    private final ConcurrentNavigableMap<String, Content> files = new ConcurrentSkipListMap<>();

    /** One file. */
    private static final class Content {
        private volatile StoredFile facts;

        @GuardedBy("this")
        private final Bytes bytes = new Bytes();

        Content(StoredFile facts) {
            this.facts = facts;
        }

        synchronized long append(long offset, ByteBuffer more) {
            if (offset == bytes.size()) {
                byte[] copy = new byte[more.remaining()];
                more.get(copy);
                bytes.write(copy, 0, copy.length);
            }
            return bytes.size();
        }

        synchronized long size() {
            return bytes.size();
        }

        synchronized boolean update(StoredFile before, StoredFile after) {
            boolean isSame = facts.equals(before);
            if (isSame) {
                facts = after;
            }
            return isSame;
        }

        synchronized boolean clear(StoredFile file) {
            boolean isSame = facts.equals(file);
            if (isSame) {
                bytes.reset();
            }
            return isSame;
        }

        synchronized ReadableByteChannel read(long from, long length) {
            return Channels.newChannel(bytes.part(from, length));
        }
    }

    /** Bytes that are read without a copy. Those that were written do not change until all are removed. */
    private static final class Bytes extends ByteArrayOutputStream {
        ByteArrayInputStream part(long from, long length) {
            int begin = (int) Math.min(from, count);
            return new ByteArrayInputStream(buf, begin, (int) Math.min(length, count - begin));
        }
    }

    @Override
    public synchronized boolean create(StoredFile file) {
        requireNonNull(file, "file");
        boolean isNew = uploadsOf(file.userId()).stream().noneMatch(file::hasKeyOf);
        if (isNew) {
            files.put(file.id(), new Content(file));
        }
        return isNew;
    }

    @Override
    public Optional<StoredFile> find(String id) {
        return Optional.ofNullable(files.get(requireNonNull(id, "id"))).map(content -> content.facts);
    }

    @Override
    public boolean update(StoredFile before, StoredFile after) {
        requireNonNull(after, "after");
        Content content = files.get(before.id());
        return content != null && content.update(before, after);
    }

    @Override
    public long append(String id, long offset, ByteBuffer bytes) {
        requireNonNull(bytes, "bytes");
        Content content = files.get(requireNonNull(id, "id"));
        return content == null ? 0 : content.append(offset, bytes);
    }

    @Override
    public long size(String id) {
        Content content = files.get(requireNonNull(id, "id"));
        return content == null ? 0 : content.size();
    }

    @Override
    public boolean clear(StoredFile file) {
        Content content = files.get(file.id());
        return content != null && content.clear(file);
    }

    @Override
    public void sync(String id) {
        requireNonNull(id, "id");
    }

    @Override
    public ReadableByteChannel read(String id, long from, long length) {
        Content content = files.get(requireNonNull(id, "id"));
        return content == null
                ? Channels.newChannel(new ByteArrayInputStream(new byte[0]))
                : content.read(from, length);
    }

    @Override
    public void delete(String id) {
        files.remove(requireNonNull(id, "id"));
    }

    @Override
    public List<StoredFile> uploadsOf(String userId) {
        requireNonNull(userId, "userId");
        return files.values().stream()
                .map(content -> content.facts)
                .filter(file -> file.state().status() != UploadState.Status.ENDED
                        && file.userId().equals(userId))
                .toList();
    }

    @Override
    public List<StoredFile> unfinished(String after, int limit) {
        return files.tailMap(requireNonNull(after, "after"), false).values().stream()
                .map(content -> content.facts)
                .filter(file -> file.state().status().isUnfinished())
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredFile> list(String after, int limit) {
        return files.tailMap(requireNonNull(after, "after"), false).values().stream()
                .map(content -> content.facts)
                .limit(limit)
                .toList();
    }

    @Override
    public void close() {
        files.clear();
    }
}
