package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores each file as two in a folder: its bytes, and its facts. Keeps the ids of all files in memory, and the facts of
 * those whose uploads have not ended. Safe for use by any thread.
 */
final class FolderAttachmentStore implements AttachmentStore {
    private static final Logger log = LoggerFactory.getLogger(FolderAttachmentStore.class);
    private static final String BYTES = ".bytes";
    private static final String FACTS = ".facts";
    private static final String TEMPORARY = ".temporary";
    private static final int FOLDER_NAME = 2;

    private final Path folder;
    private final FolderLock lock;
    private final OpenFiles appended = new OpenFiles();
    private final NavigableSet<String> ids = new ConcurrentSkipListSet<>();
    private final ConcurrentNavigableMap<String, StoredFile> uploads = new ConcurrentSkipListMap<>();

    private FolderAttachmentStore(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static FolderAttachmentStore open(Path folder) {
        FolderLock lock = access(() -> FolderLock.take(Files.createDirectories(folder)));
        FolderAttachmentStore store = new FolderAttachmentStore(folder, lock);
        try {
            store.load();
        } catch (IOException | RuntimeException unusable) {
            store.close();
            throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE, unusable);
        }
        return store;
    }

    /** Finds all files. Removes bytes without facts, which a deletion during an append may have left. */
    private void load() throws IOException {
        idsWith(FACTS).forEach(id -> {
            ids.add(id);
            readable(id).ifPresent(this::note);
        });
        for (String suffix : List.of(BYTES, TEMPORARY)) {
            for (String id : idsWith(suffix)) {
                if (!suffix.equals(BYTES) || !ids.contains(id)) {
                    Files.deleteIfExists(path(id, suffix));
                }
            }
        }
    }

    private List<String> idsWith(String suffix) throws IOException {
        try (Stream<Path> found = Files.walk(folder, 2)) {
            return found.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .filter(StoredFile::isId)
                    .toList();
        }
    }

    /** Returns the facts of a file; empty, with a warning, if they are damaged. */
    private Optional<StoredFile> readable(String id) {
        try {
            return find(id);
        } catch (ChatException damaged) {
            log.warn("the facts of file {} cannot be read: {}", id, String.valueOf(damaged.getCause()));
            return Optional.empty();
        }
    }

    /** An access of the file system. */
    @FunctionalInterface
    private interface Access<T> {
        T run() throws IOException;
    }

    private static <T> T access(Access<T> access) {
        try {
            return access.run();
        } catch (IOException failure) {
            throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE, failure);
        }
    }

    private Path path(String id, String suffix) {
        if (!StoredFile.isId(requireNonNull(id, "id"))) {
            throw new IllegalArgumentException("id: " + id.length() + " characters (expected: the id of a file)");
        }
        // Ids are random, so their beginnings spread the files over folders.
        String first = id.substring(0, Math.min(FOLDER_NAME, id.length()));
        return folder.resolve(first).resolve(id + suffix);
    }

    @Override
    public synchronized boolean create(StoredFile file) {
        requireNonNull(file, "file");
        boolean isNew = uploads.values().stream().noneMatch(file::hasKeyOf);
        if (isNew) {
            write(file);
            ids.add(file.id());
        }
        return isNew;
    }

    @Override
    public synchronized boolean update(StoredFile before, StoredFile after) {
        requireNonNull(after, "after");
        boolean isSame = isStored(before);
        if (isSame) {
            replace(before, after);
        }
        return isSame;
    }

    /** Makes room on a full disk for the facts of an upload that is given up, whose bytes are removed next in any case. */
    private void replace(StoredFile before, StoredFile after) {
        try {
            write(after);
        } catch (ChatException full) {
            if (!isGivenUp(before, after)) {
                throw full;
            }
            deleteBytes(after.id());
            write(after);
        }
    }

    private static boolean isGivenUp(StoredFile before, StoredFile after) {
        UploadState.Status status = before.state().status();
        boolean isUnsent = status == UploadState.Status.OPEN || status == UploadState.Status.READY;
        return isUnsent && after.state().status() == UploadState.Status.REJECTED;
    }

    private boolean isStored(StoredFile file) {
        return ids.contains(file.id()) && find(file.id()).filter(file::equals).isPresent();
    }

    private void write(StoredFile file) {
        Path target = path(file.id(), FACTS);
        Path temporary = path(file.id(), TEMPORARY);
        access(() -> {
            Files.createDirectories(requireNonNull(target.getParent()));
            try (FileChannel out = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                writeAll(out, ByteBuffer.wrap(StoredFileFormat.bytes(file)));
                out.force(true);
            } catch (IOException failure) {
                Files.deleteIfExists(temporary);
                throw failure;
            }
            return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
        note(file);
    }

    private void note(StoredFile file) {
        if (file.state().status() == UploadState.Status.ENDED) {
            uploads.remove(file.id());
        } else {
            uploads.put(file.id(), file);
        }
    }

    @Override
    public Optional<StoredFile> find(String id) {
        Path path = path(id, FACTS);
        return access(() -> {
            try {
                return Optional.of(StoredFileFormat.read(Files.readAllBytes(path)));
            } catch (NoSuchFileException missing) {
                return Optional.empty();
            }
        });
    }

    @Override
    public long append(String id, long offset, ByteBuffer bytes) {
        return append(id, offset, List.of(requireNonNull(bytes, "bytes")));
    }

    /** Writes the buffers without copying them together. The file stays open until {@link #sync}. */
    @Override
    public long append(String id, long offset, List<ByteBuffer> parts) {
        requireNonNull(parts, "parts");
        Path path = path(id, BYTES);
        if (!ids.contains(id)) {
            return 0;
        }
        return access(() -> appended.use(id, path, file -> {
            if (file.size() == offset) {
                writeAll(file.position(offset), parts.toArray(ByteBuffer[]::new));
            }
            return file.size();
        }));
    }

    private static void writeAll(FileChannel out, ByteBuffer... parts) throws IOException {
        long unwritten = Stream.of(parts).mapToLong(ByteBuffer::remaining).sum();
        while (unwritten > 0) {
            unwritten -= out.write(parts);
        }
    }

    @Override
    public long size(String id) {
        Path path = path(id, BYTES);
        return access(() -> {
            try {
                return Files.size(path);
            } catch (NoSuchFileException missing) {
                return 0L;
            }
        });
    }

    @Override
    public synchronized boolean clear(StoredFile file) {
        boolean isSame = isStored(file);
        if (isSame) {
            deleteBytes(file.id());
        }
        return isSame;
    }

    private void deleteBytes(String id) {
        Path path = path(id, BYTES);
        access(() -> {
            boolean isDeleted = Files.deleteIfExists(path);
            appended.forget(id);
            return isDeleted;
        });
    }

    @Override
    public void sync(String id) {
        Path path = path(id, BYTES);
        access(() -> {
            appended.forget(id);
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                file.force(true);
            } catch (NoSuchFileException empty) {
                return false;
            }
            return true;
        });
    }

    @Override
    public ReadableByteChannel read(String id, long from, long length) {
        Path path = path(id, BYTES);
        return access(() -> {
            try {
                FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
                return new BoundedChannel(file.position(from), length);
            } catch (NoSuchFileException missing) {
                return Channels.newChannel(new ByteArrayInputStream(new byte[0]));
            }
        });
    }

    /** Reads a number of bytes of another channel. */
    private static final class BoundedChannel implements ReadableByteChannel {
        private final ReadableByteChannel source;
        private long unread;

        BoundedChannel(ReadableByteChannel source, long length) {
            this.source = source;
            this.unread = length;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (unread == 0) {
                return -1;
            }
            int end = target.limit();
            target.limit((int) Math.min(end, target.position() + unread));
            int read = source.read(target);
            target.limit(end);
            unread -= Math.max(0, read);
            return read;
        }

        @Override
        public boolean isOpen() {
            return source.isOpen();
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    /** Deletes the facts last, so that a deletion that a crash interrupts is repeated. */
    @Override
    public synchronized void delete(String id) {
        Path facts = path(id, FACTS);
        deleteBytes(id);
        access(() -> Files.deleteIfExists(facts));
        ids.remove(id);
        uploads.remove(id);
    }

    @Override
    public List<StoredFile> uploadsOf(String userId) {
        requireNonNull(userId, "userId");
        return uploads.values().stream()
                .filter(file -> file.userId().equals(userId))
                .toList();
    }

    @Override
    public List<StoredFile> unfinished(String after, int limit) {
        return uploads.tailMap(requireNonNull(after, "after"), false).values().stream()
                .filter(file -> file.state().status().isUnfinished())
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredFile> list(String after, int limit) {
        return ids.tailSet(requireNonNull(after, "after"), false).stream()
                .limit(limit)
                .flatMap(id -> readable(id).stream())
                .toList();
    }

    /** Lets another store use the folder. */
    @Override
    public void close() {
        access(() -> {
            try (lock) {
                appended.close();
            }
            return true;
        });
    }
}
