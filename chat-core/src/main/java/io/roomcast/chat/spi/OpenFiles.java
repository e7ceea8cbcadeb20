package io.roomcast.chat.spi;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are being written. A file stays open between two uses, because an upload is written in many parts. Beyond
 * {@value #MAX_FILES} files, closes those that were used longest ago. Safe for use by any thread.
 */
final class OpenFiles implements AutoCloseable {
    static final int MAX_FILES = 64;

    private static final Logger log = LoggerFactory.getLogger(OpenFiles.class);

    /** The files by id. The file that was used last is the last one. */
    @GuardedBy("this")
    private final Map<String, OpenFile> files = new LinkedHashMap<>(MAX_FILES, 0.75f, true);

    /** One file; used by one thread at a time. */
    private static final class OpenFile implements AutoCloseable {
        private final Path path;

        @Nullable
        private FileChannel channel;

        private boolean isUsed = true;

        OpenFile(Path path) {
            this.path = path;
        }

        FileChannel channel() throws IOException {
            FileChannel opened = channel;
            if (opened == null) {
                opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                channel = opened;
            }
            return opened;
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }

    /** Writes to a file. */
    @FunctionalInterface
    interface Use<T> {
        /** Uses the file. May block. */
        T of(FileChannel file) throws IOException;
    }

    /**
     * Uses a file, which is created if it does not exist. Opens it once more if another thread uses it. If the use fails, the
     * file is closed.
     */
    <T> T use(String id, Path path, Use<T> use) throws IOException {
        OpenFile file = take(id, path);
        boolean succeeded = false;
        try {
            T result = use.of(file.channel());
            succeeded = true;
            return result;
        } finally {
            release(id, file, succeeded);
        }
    }

    /** Takes note of a file before it is opened, so that {@link #forget} finds it if the file is deleted meanwhile. */
    private synchronized OpenFile take(String id, Path path) {
        OpenFile file = files.get(id);
        if (file == null) {
            file = new OpenFile(path);
            files.put(id, file);
            return file;
        }
        if (file.isUsed) {
            return new OpenFile(path);
        }
        file.isUsed = true;
        return file;
    }

    private void release(String id, OpenFile file, boolean isUsable) throws IOException {
        boolean isKept;
        List<OpenFile> surplus;
        synchronized (this) {
            file.isUsed = false;
            if (!isUsable) {
                files.remove(id, file);
            }
            isKept = files.get(id) == file;
            surplus = removeSurplus();
        }
        surplus.forEach(OpenFiles::closeOther);
        if (!isKept) {
            file.close();
        }
    }

    /** Closes a file on behalf of the use of another one, which must not fail for it. */
    private static void closeOther(OpenFile file) {
        try {
            file.close();
        } catch (IOException failure) {
            log.warn("a file could not be closed: {}", String.valueOf(failure));
        }
    }

    @GuardedBy("this")
    private List<OpenFile> removeSurplus() {
        List<OpenFile> removed = new ArrayList<>();
        Iterator<OpenFile> oldest = files.values().iterator();
        while (files.size() > MAX_FILES && oldest.hasNext()) {
            OpenFile file = oldest.next();
            if (!file.isUsed) {
                oldest.remove();
                removed.add(file);
            }
        }
        return removed;
    }

    /** Closes a file, if it is used when its use ends. Call it after the deletion of the file, and when nothing follows. */
    void forget(String id) throws IOException {
        OpenFile unused;
        synchronized (this) {
            OpenFile file = files.remove(id);
            unused = file == null || file.isUsed ? null : file;
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** Closes all files. */
    @Override
    public void close() throws IOException {
        List<String> ids;
        synchronized (this) {
            ids = List.copyOf(files.keySet());
        }
        for (String id : ids) {
            forget(id);
        }
    }
}
