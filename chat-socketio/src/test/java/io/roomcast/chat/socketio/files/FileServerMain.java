package io.roomcast.chat.socketio.files;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.AttachmentStore;
import java.io.IOException;
import java.nio.file.Path;

/** Runs a server that keeps files in a folder, in a process that can be killed. */
final class FileServerMain {
    static final String READY = "ready ";
    static final int FILE_BYTES = 2_000_000_000;

    private FileServerMain() {}

    /** Serves until the standard input is closed. Arguments: port and folder. */
    public static void main(String[] arguments) throws IOException {
        try (ChatServer server = ChatServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .authenticator(Principal::of)
                .attachments(AttachmentStore.onDisk(Path.of(arguments[1])))
                .limits(Limits.builder()
                        .fileBytes(FILE_BYTES)
                        .uploadBytesPerDay(FILE_BYTES)
                        .build())
                .build()
                .start()) {
            System.out.println(READY + server.port());
            while (System.in.read() >= 0) {
                // Waits for the end of the input.
            }
        }
    }
}
