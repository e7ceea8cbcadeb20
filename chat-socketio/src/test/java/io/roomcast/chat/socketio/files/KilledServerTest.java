package io.roomcast.chat.socketio.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.testkit.ReservedPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A large file is uploaded to a server with little memory, which is killed several times meanwhile. The property {@code bytes}
 * sets the size of the file: 100 MB or more.
 */
class KilledServerTest {
    private static final int BLOCK = 1_000_000;
    private static final long SIZE = Long.getLong("bytes", 100_000_000);
    private static final int KILLS = 4;

    @TempDir
    private Path folder;

    private final Random random = new Random(7);
    private final byte[] block = new byte[BLOCK];
    private Process process;
    private int port = ReservedPort.choose();

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    /** Starts the server, at the same port as before. */
    private void start() throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FileServerMain.class.getName(),
                        String.valueOf(port),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).startsWith(FileServerMain.READY);
        port = Integer.parseInt(line.substring(FileServerMain.READY.length()));
    }

    private void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Test
    void file_has_the_same_bytes() throws Exception {
        random.nextBytes(block);
        start();
        String path = create();
        for (int i = 0; i < KILLS; i++) {
            int written = BLOCK * (5 + random.nextInt(10));
            long offset = offset(path);
            try (RawHttp http = new RawHttp(port)) {
                http.write(FileHarness.patch(path, offset, SIZE - offset));
                write(http, offset, Math.min(SIZE, offset + written));
                kill();
            }
            start();
            assertThat(offset(path)).isBetween(offset, offset + written);
        }
        complete(path);
        assertSame(link(path));
    }

    private String create() {
        Response created = request(
                "POST",
                "/api/uploads",
                "",
                "Tus-Resumable: 1.0.0",
                "Upload-Length: " + SIZE,
                FileHarness.metadata("large.bin", "video/mp4"));
        assertThat(created.status()).isEqualTo(201);
        return created.headers().get("location");
    }

    private Response request(String method, String target, String body, String... headers) {
        try (RawHttp http = new RawHttp(port)) {
            String[] all = Arrays.copyOf(headers, headers.length + 1);
            all[headers.length] = FileHarness.bearer("ann");
            return http.exchange(method, target, body, all);
        }
    }

    private long offset(String path) {
        try (RawHttp http = new RawHttp(port)) {
            http.send("HEAD", path, "", FileHarness.bearer("ann"), "Tus-Resumable: 1.0.0");
            return Long.parseLong(http.head().headers().get("upload-offset"));
        }
    }

    /** Writes a part of the file. */
    private void write(RawHttp http, long from, long to) {
        long position = from;
        while (position < to) {
            int begin = (int) (position % BLOCK);
            int length = (int) Math.min(BLOCK - begin, to - position);
            byte[] part = new byte[length];
            for (int i = 0; i < length; i++) {
                part[i] = at(position + i);
            }
            http.write(part);
            position += length;
        }
    }

    private byte at(long position) {
        return (byte) (block[(int) (position % BLOCK)] ^ (position / BLOCK));
    }

    private void complete(String path) {
        long offset = offset(path);
        try (RawHttp http = new RawHttp(port)) {
            http.write(FileHarness.patch(path, offset, SIZE - offset));
            write(http, offset, SIZE);
            Response last = http.read();
            assertThat(last.status()).isEqualTo(204);
            assertThat(last.headers()).containsEntry("upload-offset", String.valueOf(SIZE));
        }
    }

    private String link(String path) {
        return FileHarness.link(request(
                "POST",
                "/api/conversations/g/messages",
                "{\"type\":\"file\",\"content\":\"\",\"fileUrl\":\"" + path.replace("uploads", "files") + "\"}",
                "Content-Type: application/json"));
    }

    private void assertSame(String link) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + link))
                .build();
        try (InputStream body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body()) {
            byte[] part = new byte[BLOCK];
            long position = 0;
            for (int read = body.readNBytes(part, 0, BLOCK); read > 0; read = body.readNBytes(part, 0, BLOCK)) {
                for (int i = 0; i < read; i++) {
                    if (part[i] != at(position + i)) {
                        throw new AssertionError("another byte at " + (position + i));
                    }
                }
                position += read;
            }
            assertThat(position).isEqualTo(SIZE);
        } catch (UncheckedIOException lost) {
            throw new AssertionError("the server ended", lost);
        }
    }
}
