package io.roomcast.chat.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.raw.RawPolling;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that reads slowly stays connected. A client that reads nothing is disconnected. */
@OnEachTransport
class SlowReaderTest {
    private static final int PAGE = 16 << 20;
    private static final int STEP = 1 << 20;
    private static final long PAUSE_MILLIS = 300;

    private EchoServer server;

    @BeforeEach
    void start() {
        server = EchoServer.forSlowClients(Pages::new);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Replies to each message with a large packet. */
    private record Pages(EngineSession session) implements EngineListener {
        @Override
        public void message(String text) {
            EncodedPacket page = EncodedPacket.of("4" + "x".repeat(PAGE));
            session.send(page);
            page.release();
        }

        @Override
        public void packetsDropped() {}

        @Override
        public void closed() {}
    }

    @Test
    void page_over_a_slow_websocket_arrives_completely() throws Exception {
        try (SlowLine line = new SlowLine(server.port())) {
            line.openWebSocket();
            line.page();
            assertThat(line.readSlowly(PAGE)).isEqualTo(PAGE);
        }
    }

    @Test
    void websocket_that_reads_nothing_is_disconnected() throws Exception {
        try (SlowLine line = new SlowLine(server.port())) {
            line.openWebSocket();
            line.page();
            server.awaitNoSessions();
        }
    }

    @Test
    void session_outlives_a_page_over_slow_polling() throws Exception {
        RawPolling polling = RawPolling.open(server.port());
        polling.push("4page");
        try (SlowLine line = new SlowLine(server.port())) {
            line.send("GET " + polling.target() + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(line.readSlowly(PAGE)).isEqualTo(PAGE);
        }
        assertThat(polling.push("3").status()).isEqualTo(200);
    }

    /** A connection with a small receive buffer. */
    private static final class SlowLine implements AutoCloseable {
        private final Socket socket = new Socket();
        private final DataInputStream in;

        private SlowLine(int port) throws IOException {
            socket.setReceiveBufferSize(1 << 14);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(15_000);
            in = new DataInputStream(socket.getInputStream());
        }

        private void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        private void openWebSocket() throws IOException {
            send(
                    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
            while (in.readByte() != '{') {
                // the response and the beginning of the first packet
            }
        }

        private void page() throws IOException {
            send("\u0081\u0085\0\0\0\0" + "4page");
        }

        /** Reads up to the given number of bytes with pauses, and returns the number received. */
        private int readSlowly(int wanted) throws IOException, InterruptedException {
            int read = 0;
            try {
                while (read < wanted) {
                    int now = in.readNBytes(Math.min(STEP, wanted - read)).length;
                    if (now == 0) {
                        return read;
                    }
                    read += now;
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (SocketException reset) {
                return read;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
