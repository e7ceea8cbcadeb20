package io.roomcast.chat.spi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reserves a folder for one store. The operating system ends the reservation with the process, however it ends. Safe for
 * use by any thread.
 */
final class FolderLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Reserves a folder.
     *
     * @throws IllegalStateException if another store uses the folder, in this process or in another one
     * @throws IOException if the folder cannot be written
     */
    static FolderLock take(Path folder) throws IOException {
        FileChannel file = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = isFree(file);
        } finally {
            if (!taken) {
                file.close();
            }
        }
        if (!taken) {
            throw new IllegalStateException(
                    "folder: " + folder + " is in use (expected: a folder that no other store or process uses)");
        }
        return new FolderLock(file);
    }

    private static boolean isFree(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
