package io.roomcast.examples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.FileVerdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClamAvInspectorTest {
    private static final int MAX_BYTES = 1_000_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String HOSTILE = "a hostile file";

    private static StoredFile file(int size) {
        return new StoredFile("id", "room", "ann", "a.exe", size, "a/b", null, Instant.ofEpochMilli(1_000), null);
    }

    private static FileVerdict verdict(InetSocketAddress clamd, Duration timeout, byte[] bytes) throws IOException {
        return new ClamAvInspector(clamd, MAX_BYTES, timeout)
                .inspect(file(bytes.length), Channels.newChannel(new ByteArrayInputStream(bytes)));
    }

    private static FileVerdict verdict(UnaryOperator<String> answer, byte[] bytes) throws IOException {
        try (ClamdStandIn clamd = new ClamdStandIn(MAX_BYTES, answer)) {
            return verdict(clamd.address(), TIMEOUT, bytes);
        }
    }

    private static String answer(String content) {
        return content.contains(HOSTILE) ? "stream: Win.Test.HOSTILE-1 FOUND\0" : "stream: OK\0";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void clean_file_is_accepted() throws IOException {
        assertThat(verdict(ClamAvInspectorTest::answer, bytes("harmless"))).isEqualTo(FileVerdict.accept());
        assertThat(verdict(ClamAvInspectorTest::answer, new byte[0])).isEqualTo(FileVerdict.accept());
    }

    @Test
    void infected_file_is_rejected() throws IOException {
        assertThat(verdict(ClamAvInspectorTest::answer, bytes("MZ " + HOSTILE)))
                .isEqualTo(FileVerdict.reject(ErrorCode.REJECTED));
    }

    @Test
    void all_bytes_of_a_large_file_arrive_in_order() throws IOException {
        byte[] bytes = new byte[MAX_BYTES];
        new Random(7).nextBytes(bytes);
        String sent = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(verdict(content -> content.equals(sent) ? "stream: OK\0" : "stream: changed ERROR\0", bytes))
                .isEqualTo(FileVerdict.accept());
    }

    @Test
    void file_that_is_too_long_for_clamd_is_rejected() throws IOException {
        assertThat(verdict(ClamAvInspectorTest::answer, new byte[MAX_BYTES + 1]))
                .isEqualTo(FileVerdict.reject(ErrorCode.FILE_TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(ints = {99_999, 0})
    void lower_limit_of_clamd_than_expected_fails(int limit) throws IOException {
        try (ClamdStandIn clamd = new ClamdStandIn(limit, ClamAvInspectorTest::answer)) {
            assertThatThrownBy(() -> verdict(clamd.address(), TIMEOUT, new byte[100_000]))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "stream: OK",
                "stream: Can't allocate memory ERROR\0",
                "UNKNOWN COMMAND\0",
                "stream: OK FOUND?\0",
                "not stream: OK\0"
            })
    void anything_else_fails(String answer) {
        assertThatThrownBy(() -> verdict(content -> answer, bytes("harmless"))).isInstanceOf(IOException.class);
    }

    @Test
    void silent_clamd_fails_after_the_timeout() throws IOException {
        try (ClamdStandIn clamd = new ClamdStandIn(MAX_BYTES, content -> null)) {
            assertThatThrownBy(() -> verdict(clamd.address(), Duration.ofMillis(200), bytes("harmless")))
                    .isInstanceOf(IOException.class);
        }
    }

    /** A port that is taken, but does not listen, refuses connections. */
    @Test
    void clamd_that_cannot_be_reached_fails() throws IOException {
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = new InetSocketAddress(taken.getLocalAddress(), taken.getLocalPort());
            assertThatThrownBy(() -> verdict(address, TIMEOUT, bytes("harmless")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void file_that_cannot_be_read_fails() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        };
        try (ClamdStandIn clamd = new ClamdStandIn(MAX_BYTES, ClamAvInspectorTest::answer)) {
            ClamAvInspector inspector = new ClamAvInspector(clamd.address(), MAX_BYTES, TIMEOUT);
            assertThatThrownBy(() -> inspector.inspect(file(3), Channels.newChannel(broken)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("broken");
        }
    }
}
