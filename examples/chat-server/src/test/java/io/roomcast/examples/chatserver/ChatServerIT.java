package io.roomcast.examples.chatserver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests the runnable jar as a process. */
class ChatServerIT {
    private static final Map<String, String> ANY_PORT = Map.of("SOCKET_PORT", "0");
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    @RepeatedTest(3)
    void acknowledgedMessages_surviveKill9() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        try (ChatServerProcess server = ChatServerProcess.launch(folder, ANY_PORT)) {
            String url = server.url();
            for (int i = 0; i < 20; i++) {
                acknowledged.add(
                        send(url, "key-" + i).path("message").path("id").asText());
            }
            server.kill().exitCode(SOON);
        }
        try (ChatServerProcess server = ChatServerProcess.launch(folder, ANY_PORT)) {
            assertThat(history(server.url())).containsExactlyElementsOf(acknowledged);
        }
    }

    @Test
    void repeatedKey_staysOneMessage_acrossKill9() throws Exception {
        JsonNode first;
        try (ChatServerProcess server = ChatServerProcess.launch(folder, ANY_PORT)) {
            first = send(server.url(), "key");
            server.kill().exitCode(SOON);
        }
        try (ChatServerProcess server = ChatServerProcess.launch(folder, ANY_PORT)) {
            JsonNode second = send(server.url(), "key");

            assertThat(second.path("duplicate").asBoolean()).isTrue();
            assertThat(second.path("message").path("id"))
                    .isEqualTo(first.path("message").path("id"));
            assertThat(history(server.url())).hasSize(1);
        }
    }

    @Test
    void sigterm_endsInOrder_andKeepsTheData() throws Exception {
        try (ChatServerProcess server = ChatServerProcess.launch(folder, ANY_PORT)) {
            send(server.url(), "key");
            assertThat(server.terminate().exitCode(SOON)).isIn(0, 143);
            assertThat(server.stderr().lines())
                    .satisfiesExactly(
                            start -> assertThat(start).matches(TIME + " INFO ChatServer: listening on port \\d+"),
                            settings -> assertThat(settings)
                                    .matches(TIME + " INFO ChatServer: configuration: transport=.*"),
                            open -> assertThat(open)
                                    .matches(TIME + " INFO ChatServer: no authenticator verifies clients: .*"),
                            classData -> assertThat(classData)
                                    .matches(TIME + " INFO Main: class data: none, .* without chat-server\\.sh, .*"),
                            end -> assertThat(end).matches(TIME + " INFO ChatServer: stopped"));
        }
        try (ChatServerProcess server = ChatServerProcess.launch(folder, ANY_PORT)) {
            assertThat(history(server.url())).hasSize(1);
        }
    }

    @Test
    void readyServer_saysSoInOneLine_andIsHealthy() throws Exception {
        try (ChatServerProcess server = ChatServerProcess.launch(folder, ANY_PORT)) {
            String url = server.url();

            assertThat(server.stdout())
                    .isEqualTo("Roomcast is ready: " + url
                            + "/ (store: embedded at ./chat-data, authentication: off, loopback only)\n");
            assertThat(get(url + "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(url + "/health/ready").statusCode()).isEqualTo(200);
            assertThat(server.stderr()).doesNotContain("WARN", "ERROR");
        }
    }

    @Test
    void jar_has_the_native_transport_of_its_netty() throws Exception {
        Properties versions = new Properties();
        try (JarFile jar = new JarFile(ChatServerProcess.JAR.toFile())) {
            try (InputStream file = jar.getInputStream(jar.getEntry("META-INF/io.netty.versions.properties"))) {
                versions.load(file);
            }
            assertThat(List.of("x86_64", "aarch_64"))
                    .allSatisfy(machine -> assertThat(
                                    jar.getEntry("META-INF/native/libnetty_transport_native_epoll_" + machine + ".so"))
                            .isNotNull());
        }
        assertThat(versions.getProperty("netty-transport-native-epoll.version"))
                .isEqualTo(versions.getProperty("netty-transport-classes-epoll.version"))
                .isEqualTo(versions.getProperty("netty-transport-native-unix-common.version"))
                .isEqualTo(versions.getProperty("netty-common.version"));
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void server_runs_on_the_native_transport() throws Exception {
        try (ChatServerProcess server = ChatServerProcess.launch(folder, ANY_PORT)) {
            server.url();
            assertThat(server.stderr()).contains("configuration: transport=epoll");
        }
    }

    @Test
    void page_isServed_withTheTypesOfItsFiles() throws Exception {
        Map<String, String> types = Map.of(
                "/", "text/html",
                "/chat.css", "text/css",
                "/app.js", "text/javascript",
                "/view/message-list.js", "text/javascript",
                "/vendor/socket.io.min.js", "text/javascript");
        try (ChatServerProcess server =
                ChatServerProcess.launch(folder, Map.of("SOCKET_PORT", "0", "CHAT_STORE", "memory"))) {
            String url = server.url();
            for (Map.Entry<String, String> file : types.entrySet()) {
                assertServed(get(url + file.getKey()), file.getValue());
            }
        }
    }

    private static void assertServed(HttpResponse<String> response, String type) {
        assertThat(response.statusCode()).as("%s", response).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(value -> assertThat(value).startsWith(type));
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(value -> assertThat(value).contains("default-src 'self'"));
    }

    @Test
    void metrics_areServed_onLoopback_whereAPortIsNamed() throws Exception {
        Map<String, String> variables = Map.of("SOCKET_PORT", "0", "CHAT_STORE", "memory", "CHAT_METRICS_PORT", "0");
        try (ChatServerProcess server = ChatServerProcess.launch(folder, variables)) {
            String chat = server.url();
            send(chat, "key");
            String ready = server.stdout();
            assertThat(ready).endsWith("/metrics, loopback only)\n");
            String metrics = ready.replaceAll("(?s).*metrics at (\\S+), .*", "$1");

            // A command is counted when it has ended, which may be after its response.
            Awaitility.await()
                    .untilAsserted(() -> assertThat(get(metrics).body().lines())
                            .contains(
                                    "chat_messages_persisted_total 1.0",
                                    "chat_events_total{event=\"sendMessage\",outcome=\"ok\"} 1.0",
                                    "chat_connections{transport=\"websocket\"} 0.0")
                            .anyMatch(line -> line.startsWith("chat_store_duration_seconds_count{operation=\"append\""))
                            .anyMatch(line -> line.startsWith("jvm_memory_used_bytes")));
            assertThat(get(metrics).headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(get(chat + "/metrics").statusCode()).isEqualTo(404);
            assertThat(get(metrics.replace("/metrics", "/")).statusCode()).isEqualTo(404);
            assertThat(statusUnderAForeignName(URI.create(metrics))).contains(" 403 ");
        }
    }

    /** Sends the host name of a foreign page that resolves to this machine. */
    private static String statusUnderAForeignName(URI metrics) throws Exception {
        try (Socket socket = new Socket(metrics.getHost(), metrics.getPort())) {
            socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
        }
    }

    @Test
    void unknownVariable_isAWarning_withoutItsValue() throws Exception {
        try (ChatServerProcess server =
                ChatServerProcess.launch(folder, Map.of("SOCKET_PORT", "0", "CHAT_SECRET", "hunter2"))) {
            server.url();
            assertThat(server.stderr()).containsOnlyOnce("WARN").contains("ignoring unknown variable CHAT_SECRET");
            assertThat(server.stderr()).doesNotContain("hunter2");
        }
    }

    @Test
    void log_isOneObjectALine_whereJsonIsAskedFor() throws Exception {
        Map<String, String> variables =
                Map.of("SOCKET_PORT", "0", "CHAT_STORE", "memory", "CHAT_LOG_FORMAT", "json", "CHAT_NONSENSE", "x");
        try (ChatServerProcess server = ChatServerProcess.launch(folder, variables)) {
            Awaitility.await().until(() -> server.stderr().contains("Roomcast is ready"));
            assertThat(server.terminate().exitCode(SOON)).isIn(0, 143);
            assertThat(server.stdout()).isEmpty();
            assertThat(server.stderr().lines()).hasSizeGreaterThanOrEqualTo(4).allSatisfy(line -> {
                JsonNode event = json.readTree(line);
                assertThat(event.path("time").asText()).matches(TIME);
                assertThat(event.path("level").asText()).isIn("INFO", "WARN");
                assertThat(event.path("logger").asText()).startsWith("io.roomcast.");
                assertThat(event.path("message").asText()).isNotEmpty();
            });
        }
    }

    @Test
    void refusals_areLogged_withTheirTime_andNotWithoutEnd() throws Exception {
        Map<String, String> variables = Map.of("SOCKET_PORT", "0", "CHAT_STORE", "memory");
        try (ChatServerProcess server = ChatServerProcess.launch(folder, variables)) {
            int port = URI.create(server.url()).getPort();
            for (int i = 0; i < 200; i++) {
                sendBrokenPacket(port);
            }
            assertThat(server.terminate().exitCode(SOON)).isIn(0, 143);
            assertThat(server.stderr().lines().filter(line -> line.contains("disconnected client: ")))
                    .hasSizeBetween(1, 40)
                    .allMatch(line -> line.matches(TIME + " INFO ConnectionLog: .*"));
        }
    }

    /** Opens a session and violates the protocol. */
    private void sendBrokenPacket(int port) throws Exception {
        URI polling = URI.create("http://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=polling");
        String opened = get(polling.toString()).body();
        String id = json.readTree(opened.substring(1)).path("sid").asText();
        http.send(
                HttpRequest.newBuilder(URI.create(polling + "&sid=" + id))
                        .POST(BodyPublishers.ofString("9nonsense"))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode send(String url, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(messages(url))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"senderId\":\"alice\",\"content\":\"hi\"}"))
                .build();
        JsonNode answer =
                json.readTree(http.send(request, BodyHandlers.ofString()).body());
        assertThat(answer.path("success").asBoolean()).as("%s", answer).isTrue();
        return answer;
    }

    private List<String> history(String url) throws Exception {
        JsonNode answer = json.readTree(get(messages(url).toString()).body());
        assertThat(answer.path("success").asBoolean()).as("%s", answer).isTrue();
        return answer.path("messages").findValuesAsText("id");
    }

    private static URI messages(String url) {
        return URI.create(url + "/api/conversations/room-1/messages");
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
}
