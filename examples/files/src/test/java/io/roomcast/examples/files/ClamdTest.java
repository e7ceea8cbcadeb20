package io.roomcast.examples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.FileVerdict;
import io.roomcast.chat.testkit.ReservedPort;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inspector beside clamd itself, with one signature. Skipped if clamd is not installed, except in CI. */
class ClamdTest {
    private static final String HOSTILE = "a hostile file of the tests";
    private static final int MAX_BYTES = 1_048_576;

    @TempDir
    static Path folder;

    private static Process clamd;
    private static InetSocketAddress address;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = program();
        assumeTrue(program.isPresent() || "true".equals(System.getenv("CI")), "clamd is not installed");
        assertThat(program).as("clamd").isPresent();
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), ReservedPort.choose());
        Files.writeString(
                folder.resolve("test.ndb"), "Test.Hostile:0:*:" + HexFormat.of().formatHex(bytes(HOSTILE)) + "\n");
        Path configuration = Files.writeString(
                folder.resolve("clamd.conf"),
                String.join(
                        "\n",
                        "Foreground yes",
                        "DatabaseDirectory " + folder,
                        "TCPAddr 127.0.0.1",
                        "TCPSocket " + address.getPort(),
                        "StreamMaxLength " + MAX_BYTES,
                        "User " + System.getProperty("user.name"),
                        ""));
        clamd = new ProcessBuilder(List.of(program.orElseThrow().toString(), "--config-file=" + configuration))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(ClamdTest::isListening);
    }

    /** Debian does not have the folder of clamd on the path of most users. */
    private static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .map(folder -> Path.of(folder, "clamd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(address);
            return true;
        } catch (IOException notYet) {
            assertThat(clamd.isAlive()).isTrue();
            return false;
        }
    }

    @AfterAll
    static void stop() {
        if (clamd != null) {
            clamd.destroyForcibly().onExit().join();
        }
    }

    private static FileVerdict verdict(byte[] bytes, long maxBytes) throws IOException {
        StoredFile file =
                new StoredFile("id", "room", "ann", "a", bytes.length, "a/b", null, Instant.ofEpochMilli(1_000), null);
        return new ClamAvInspector(address, maxBytes, Duration.ofSeconds(30))
                .inspect(file, Channels.newChannel(new ByteArrayInputStream(bytes)));
    }

    @Test
    void verdicts_are_those_of_clamd() throws IOException {
        assertThat(verdict(bytes("harmless"), MAX_BYTES)).isEqualTo(FileVerdict.accept());
        assertThat(verdict(new byte[MAX_BYTES], MAX_BYTES)).isEqualTo(FileVerdict.accept());
        assertThat(verdict(bytes("MZ " + HOSTILE), MAX_BYTES)).isEqualTo(FileVerdict.reject(ErrorCode.REJECTED));
    }

    @Test
    void file_above_the_limit_of_clamd_is_not_accepted() {
        assertThatThrownBy(() -> verdict(new byte[2 * MAX_BYTES], Long.MAX_VALUE))
                .isInstanceOf(IOException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
