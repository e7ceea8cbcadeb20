package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServerTest {
    private static final String GET = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int SLOW = 20;
    private static final MetricsAddress ADDRESS =
            new MetricsAddress(new ListenAddress(ListenAddress.LOOPBACK, false), 0);

    private final List<Socket> sockets = new ArrayList<>();
    private MetricsServer server;

    @BeforeEach
    void open() {
        server = MetricsServer.open(ADDRESS);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private Socket connect(String sent) throws IOException {
        int port = Integer.parseInt(server.toString().replaceFirst(".*:(\\d+)/metrics.*", "$1"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String answer(String request) throws IOException {
        return new String(connect(request).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void measure_isInTheTextFormat() throws IOException {
        assertThat(answer(GET))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("content-type: text/plain; version=0.0.4; charset=utf-8\r\n", "\njvm_threads_live_threads ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /metrics?x=y, localhost:9464, 200",
        "GET /metrics, 127.0.0.1, 200",
        "HEAD /metrics, localhost, 200",
        "GET /, localhost, 404",
        "POST /metrics, localhost, 404",
        "GET /metrics, rebound.example, 403",
        "GET /metrics, '', 403"
    })
    void request_isAnswered(String request, String host, int status) throws IOException {
        assertThat(answer(request + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /met", "GET /metrics HTTP/1.1\r\nHost: loc", GET})
    void slowClients_holdUpNobody(String beginning) throws IOException {
        for (int i = 0; i < SLOW; i++) {
            connect(beginning);
        }
        assertThat(answer(GET)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void slowClient_isCutOffInTime() throws IOException {
        server.close();
        server = MetricsServer.open(ADDRESS, Duration.ofMillis(300));
        assertThat(connect("GET /met").getInputStream().read()).isEqualTo(-1);
    }
}
