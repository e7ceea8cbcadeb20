package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.testkit.ReservedPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills servers and clients while files are uploaded, and compares the bytes and the messages. The property {@code kills}
 * sets the number of kills.
 */
@Timeout(600)
class UploadIT extends KilledServerCase {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final int SIZE = 4_000_000;
    private static final int PART = 50_000;
    private static final String SECRET = "a secret of at least 32 bytes, for tests";
    private static final String ROOM = "uploads";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Random random = new Random(20_261_129);
    private final HttpClient http = HttpClient.newHttpClient();

    UploadIT() {
        super(20_261_129, TIMEOUT);
    }

    private static Map<String, String> variables() {
        return Map.of("CHAT_TOKEN_SECRET", SECRET);
    }

    private static String token() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String signed = encoder.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + encoder.encodeToString("{\"sub\":\"ann\",\"exp\":4102444800}".getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + encoder.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void serverAndClientKilledAtRandomPoints_sendTheSameBytesInOneMessage() throws Exception {
        startServer(variables());
        for (int kill = 0; kill < KILLS; kill++) {
            byte[] file = new byte[SIZE];
            random.nextBytes(file);
            String key = "upload-" + kill;
            String path = create(key);
            if (kill % 2 == 0) {
                uploadWhileServerIsKilled(path, file);
            } else {
                send(path, 0, file, random.nextInt(SIZE));
            }
            complete(path, file);
            assertSame(key, file);
        }
        assertThat(messages()).hasSize(KILLS);
    }

    private void uploadWhileServerIsKilled(String path, byte[] file) throws Exception {
        int delay = random.nextInt(150_000);
        CompletableFuture<Void> killed = CompletableFuture.runAsync(
                server::kill, CompletableFuture.delayedExecutor(delay, TimeUnit.MICROSECONDS));
        send(path, 0, file, SIZE);
        killed.join();
        server.exitCode(TIMEOUT);
        startServer(variables());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token())
                .header("Tus-Resumable", "1.0.0");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String create(String key) throws Exception {
        HttpResponse<String> created = http.send(
                request("/api/uploads")
                        .header("Upload-Length", String.valueOf(SIZE))
                        .header(
                                "Upload-Metadata",
                                "conversationId " + base64(ROOM) + ",filename " + base64(key + ".bin") + ",message "
                                        + base64("{\"clientMessageId\":\"" + key + "\"}"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return created.headers().firstValue("location").orElseThrow();
    }

    /**
     * Sends bytes in a request, and ends the connection at a point as a killed client does. Returns whether the server
     * answered with a success.
     *
     * @param to the point; the end of the file for a client that lives
     */
    private boolean send(String path, long from, byte[] file, int to) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(("PATCH " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token()
                            + "\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: "
                            + from + "\r\nContent-Length: " + (file.length - from) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int at = (int) from; at < to; at += PART) {
                out.write(file, at, Math.min(PART, to - at));
            }
            if (to < file.length) {
                socket.setSoLinger(true, 0);
                return false;
            }
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return status != null && status.startsWith("HTTP/1.1 204");
        } catch (IOException killed) {
            return false;
        }
    }

    private void complete(String path, byte[] file) {
        await("the whole file").atMost(TIMEOUT).until(() -> {
            long offset = offset(path);
            return offset == file.length || send(path, offset, file, file.length);
        });
    }

    private long offset(String path) throws Exception {
        HttpResponse<Void> head =
                http.send(request(path).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        assertThat(head.statusCode()).isEqualTo(200);
        return head.headers().firstValueAsLong("upload-offset").orElseThrow();
    }

    private List<JsonNode> messages() throws Exception {
        HttpResponse<String> page = http.send(
                request("/api/conversations/" + ROOM + "/messages?limit=100").build(), BodyHandlers.ofString());
        List<JsonNode> messages = new ArrayList<>();
        JSON.readTree(page.body()).path("messages").forEach(messages::add);
        return messages;
    }

    private void assertSame(String key, byte[] file) throws Exception {
        await("the message")
                .atMost(Duration.ofSeconds(90))
                .until(() -> messages().stream()
                        .anyMatch(message ->
                                message.path("clientMessageId").asText().equals(key)));
        List<JsonNode> sent = messages().stream()
                .filter(message -> message.path("clientMessageId").asText().equals(key))
                .toList();
        assertThat(sent).hasSize(1);
        HttpResponse<byte[]> read = http.send(
                HttpRequest.newBuilder(
                                URI.create(url + sent.get(0).path("fileUrl").asText()))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(read.body()).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"moved-upload.test.js", "moved-foreign-uploads.test.js"})
    void uploadMovesToAnotherServer_whenItsServerIsKilled(String script) throws Exception {
        BrowserScript.requireTools();
        assumeTrue("true".equals(System.getenv("CI")) || ClusterScriptIT.isInstalled("redis-server"));
        int bus = ReservedPort.choose();
        int page = ReservedPort.choose();
        Process redis = new ProcessBuilder(
                        "redis-server", "--port", String.valueOf(bus), "--save", "", "--bind", "127.0.0.1")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.txt").toFile())
                .start();
        try (DatabaseProcess database = DatabaseProcess.start(folder.resolve("database"));
                ChatServerProcess first = node(database, bus, page, "first");
                ChatServerProcess second = node(database, bus, page, "second")) {
            BrowserScript.run(
                    script, List.of(first.url(), second.url(), String.valueOf(first.pid()), String.valueOf(page)));
        } finally {
            redis.destroyForcibly().onExit().join();
        }
    }

    /** Starts a server that permits a page of another origin to use it. */
    private ChatServerProcess node(DatabaseProcess database, int bus, int page, String name) throws IOException {
        return ChatServerProcess.launch(
                Files.createDirectories(folder.resolve(name)),
                Map.of(
                        "SOCKET_PORT",
                        String.valueOf(ReservedPort.choose()),
                        "CHAT_TOKEN_SECRET",
                        SECRET,
                        "MONGODB_URI",
                        database.uri(),
                        "CHAT_CLUSTER",
                        "redis://127.0.0.1:" + bus,
                        "CLIENT_URL",
                        "http://127.0.0.1:" + page,
                        "CHAT_RATE_LIMITS",
                        "off"));
    }
}
