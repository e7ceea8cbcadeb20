package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what the process of the runnable jar prints, and how it ends, when it does not start a server. */
class RefusedStartIT {
    private static final Map<String, String> ANY_PORT = Map.of("SOCKET_PORT", "0");
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @Test
    void portInUse_isOneLine_andExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertRefusal(Map.of("SOCKET_PORT", port), 1, "SOCKET_PORT: " + port + " is in use by another program");
        }
    }

    @Test
    void metricsPortInUse_isOneLine_andExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertRefusal(
                    Map.of("SOCKET_PORT", "0", "CHAT_METRICS_PORT", port),
                    1,
                    "CHAT_METRICS_PORT: " + port + " cannot be opened: Address already in use");
        }
    }

    @Test
    void folderInUse_isOneLine_andExitCode1() throws Exception {
        try (ChatServerProcess first = ChatServerProcess.launch(folder, ANY_PORT)) {
            first.url();
            assertRefusal(ANY_PORT, 1, "CHAT_DATA_DIR: ./chat-data is in use by another server");
        }
    }

    @Test
    void absentMongo_isOneLine_andExitCode1() throws Exception {
        String uri = "mongodb://ann:s3cret@127.0.0.1:1/chat?serverSelectionTimeoutMS=200";
        try (ChatServerProcess server =
                ChatServerProcess.launch(folder, Map.of("SOCKET_PORT", "0", "MONGODB_URI", uri))) {
            assertThat(server.exitCode(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(server.stderr())
                    .startsWith("The store cannot be used: ")
                    .contains("127.0.0.1:1")
                    .hasLineCount(1)
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void mistakes_are_reported_together_with_exit_code_2() throws Exception {
        assertRefusal(
                Map.of("SOCKET_PORT", "http", "CHAT_STORE", "redis", "CHAT_TOKEN_SECRET", "hunter2"),
                2,
                "SOCKET_PORT: http (expected: 0 to 65,535)",
                "CHAT_STORE: redis (expected: embedded, memory, or mongo together with MONGODB_URI)",
                "CHAT_TOKEN_SECRET: (not shown) (expected: at least 32 bytes)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=80", "start", "-d"})
    void unknownArgument_isRefused_byName(String argument) throws Exception {
        try (ChatServerProcess server = ChatServerProcess.launch(folder, ANY_PORT, argument)) {
            assertThat(server.exitCode(SOON)).isEqualTo(2);
            assertThat(server.stderr())
                    .startsWith(argument + ": unknown argument")
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help", "--port --help"})
    void help_isPrinted_andNothingIsStarted(String arguments) throws Exception {
        try (ChatServerProcess server =
                ChatServerProcess.launch(folder, Map.of("SOCKET_PORT", "http"), arguments.split(" "))) {
            assertThat(server.exitCode(SOON)).isZero();
            assertThat(server.stdout())
                    .contains(
                            "Usage: chat-server.sh, or java -jar chat-server.jar",
                            "CHAT_TOKEN_SECRET: ",
                            "SOCKET_PORT: ",
                            "CHAT_MEMBERS: ");
            assertThat(server.stderr()).isEmpty();
        }
        assertThat(folder.resolve("chat-data")).doesNotExist();
    }

    @Test
    void newKeysForPush_arePrinted_andNothingIsStarted() throws Exception {
        try (ChatServerProcess server =
                ChatServerProcess.launch(folder, Map.of("SOCKET_PORT", "http"), "--vapid-keys")) {
            assertThat(server.exitCode(SOON)).isZero();
            assertThat(server.stdout())
                    .matches("CHAT_PUSH_PUBLIC_KEY=[\\w-]{87}\\RCHAT_PUSH_PRIVATE_KEY=[\\w-]{43}\\R");
        }
        assertThat(folder.resolve("chat-data")).doesNotExist();
    }

    private void assertRefusal(Map<String, String> variables, int exitCode, String... lines) throws Exception {
        try (ChatServerProcess server = ChatServerProcess.launch(folder, variables)) {
            assertThat(server.exitCode(SOON)).isEqualTo(exitCode);
            assertThat(server.stderr().lines()).containsExactly(lines);
            assertThat(server.stdout()).isEmpty();
        }
    }
}
