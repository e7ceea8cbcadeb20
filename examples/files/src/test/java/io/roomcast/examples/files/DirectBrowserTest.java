package io.roomcast.examples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.testkit.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client that the server serves, in a browser, uploads to the stand-in for S3. Needs Node, Chromium and {@code npm ci}
 * in the folders of the scripts, and is skipped without them, except in CI.
 */
class DirectBrowserTest {
    private static final Path SCRIPTS = Path.of("../chat-server/src/test/js");
    private static final int MINUTES = 4;

    @TempDir
    Path folder;

    private final int page = ReservedPort.choose();
    private final S3StandIn s3 = S3StandIn.start();
    private final HttpServer control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ChatServer server = ChatServer.builder()
            .port(0)
            .host("127.0.0.1")
            .authenticator(Principal::of)
            .accessPolicy(AccessPolicy.membersOnly())
            .rateLimiter(RateLimiter.none())
            .allowedOrigins("http://127.0.0.1:" + page)
            .attachments(AttachmentStore.direct(
                    AttachmentStore.inMemory(), new S3Bucket(s3.bucket(), S3StandIn.CREDENTIALS, Clock.systemUTC())))
            .build()
            .start();

    DirectBrowserTest() throws IOException {}

    @AfterEach
    void close() {
        control.stop(0);
        server.close();
        s3.close();
    }

    @Test
    void client_uploads_to_the_storage_and_survives_its_failures() throws Exception {
        boolean isReady = Stream.of(
                        Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium")),
                        SCRIPTS.resolve("node_modules/playwright-core"),
                        Path.of("../../chat-socketio/src/test/js/node_modules/client-4"))
                .allMatch(Files::exists);
        assumeTrue(isReady || "true".equals(System.getenv("CI")), "no Chromium, or no npm ci in " + SCRIPTS);
        server.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        control.createContext("/", this::steer);
        control.start();
        run(
                "direct-uploads.test.js",
                url(server.port()),
                url(control.getAddress().getPort()),
                String.valueOf(page));
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    /** Sets the faults and the pause that the query names, as {@code status=0&put=0&pause=0}. Answers what was stored. */
    private void steer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] values = exchange.getRequestURI().getQuery().split("\\D+", -1);
            s3.failWith(Integer.parseInt(values[1]));
            s3.failPutsWith(Integer.parseInt(values[2]));
            s3.pauseAfterParts(Long.parseLong(values[3]));
            byte[] stored = "{\"objects\":%d,\"puts\":%d}"
                    .formatted(s3.objects.size(), s3.puts())
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, stored.length);
            exchange.getResponseBody().write(stored);
        }
    }

    private void run(String script, String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(Stream.concat(Stream.of("node", script), Stream.of(arguments))
                        .toList())
                .directory(SCRIPTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean hasEnded = process.waitFor(MINUTES, TimeUnit.MINUTES);
            String text = Files.readString(output);
            assertThat(hasEnded).as(text).isTrue();
            assertThat(process.exitValue()).as(text).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
