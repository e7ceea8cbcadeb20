package io.roomcast.examples.benchmarks.server;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;
import java.nio.file.Path;

/** Roomcast with the files of users in a folder, and with limits that are never reached. A token is the user's id. */
public final class FilesServer {
    private static final int UNLIMITED = 10_000_000;
    private static final int MAX_FILE_BYTES = 2_000_000_000;

    private FilesServer() {}

    /** Runs until the standard input is closed. The argument is the folder. */
    public static void main(String[] arguments) throws IOException {
        try (ChatServer server = ChatServer.builder()
                .port(0)
                .authenticator(Principal::of)
                .attachments(AttachmentStore.onDisk(Path.of(arguments[0])))
                .limits(Limits.builder()
                        .packetsPerSecond(UNLIMITED)
                        .sessionsPerUser(10_000)
                        .fileBytes(MAX_FILE_BYTES)
                        .uploadBytesPerDay(MAX_FILE_BYTES)
                        .build())
                .rateLimiter(RateLimiter.none())
                .build()
                .start()) {
            Console.serve(server.port());
        }
    }
}
