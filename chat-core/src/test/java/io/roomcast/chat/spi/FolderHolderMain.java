package io.roomcast.chat.spi;

import java.io.IOException;
import java.nio.file.Path;

/** Keeps the folder of a store open in another process. */
final class FolderHolderMain {
    static final String OPEN = "open";

    private FolderHolderMain() {}

    /** Opens the folder of the argument, and waits until the standard input is closed. */
    public static void main(String[] arguments) throws IOException {
        try (AttachmentStore store = AttachmentStore.onDisk(Path.of(arguments[0]))) {
            System.out.println(OPEN);
            while (System.in.read() >= 0) {
                // Waits for the end of the input.
            }
            store.list("", 1);
        }
    }
}
