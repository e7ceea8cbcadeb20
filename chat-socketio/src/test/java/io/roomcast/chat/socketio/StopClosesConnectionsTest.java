package io.roomcast.chat.socketio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

/** A stop leaves no connection open, whatever its client was sending. It depends on the moment, so it is repeated. */
class StopClosesConnectionsTest {
    private static final int CONNECTIONS = 8;
    private static final int TIMEOUT_MILLIS = 5_000;

    @RepeatedTest(40)
    void connection_with_half_a_request_is_closed() throws Exception {
        ChatServer server =
                ChatServer.builder().host("127.0.0.1").port(0).build().start();
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
                clients.add(client);
                client.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: ".getBytes(US_ASCII));
            }
            server.stop(Duration.ZERO);
            for (Socket client : clients) {
                client.setSoTimeout(TIMEOUT_MILLIS);
                assertThat(isEnded(client)).isTrue();
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
            server.close();
        }
    }

    private static boolean isEnded(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }
}
