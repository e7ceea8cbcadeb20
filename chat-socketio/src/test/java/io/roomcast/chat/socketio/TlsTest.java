package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEachTransport
class TlsTest {
    @TempDir
    static Path folder;

    private static X509Bundle bundle;
    private static SSLContext trusting;

    @BeforeAll
    static void makeCertificate() throws Exception {
        bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .addSanDnsName("localhost")
                .buildSelfSigned();
        Files.writeString(folder.resolve("chain.pem"), bundle.getCertificatePathPEM());
        Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM());
        trusting = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = bundle.toTrustManagerFactory();
        trusting.init(null, trust.getTrustManagers(), null);
    }

    private static ChatServer withPem() {
        return ChatServer.builder()
                .port(0)
                .tls(folder.resolve("chain.pem"), folder.resolve("key.pem"))
                .build()
                .start();
    }

    @Test
    void http_and_websocket_work_over_tls() throws Exception {
        try (ChatServer server = withPem()) {
            assertThat(health(server)).isEqualTo(200);
            assertThat(firstPacket(server)).startsWith("0{\"sid\":\"");
        }
    }

    @Test
    void key_store_serves_as_well() throws Exception {
        KeyStore keys = bundle.toKeyStore("secret".toCharArray());
        try (ChatServer server = ChatServer.builder()
                .port(0)
                .tls(keys, "secret".toCharArray())
                .build()
                .start()) {
            assertThat(health(server)).isEqualTo(200);
        }
    }

    private static int health(ChatServer server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/health/live"))
                .build();
        return client().send(request, BodyHandlers.ofString()).statusCode();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting)
                .build();
    }

    private static String firstPacket(ChatServer server) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        URI uri = URI.create("wss://localhost:" + server.port() + "/socket.io/?EIO=4&transport=websocket");
        WebSocket socket = client().newWebSocketBuilder()
                .buildAsync(uri, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        first.complete(data.toString());
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);
        String packet = first.get(10, TimeUnit.SECONDS);
        socket.abort();
        return packet;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void todays_versions_are_spoken(String version) throws Exception {
        try (ChatServer server = withPem();
                SSLSocket socket = socket(server, version)) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void plain_text_gets_no_answer() throws Exception {
        try (ChatServer server = withPem();
                java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes("US-ASCII"));
            socket.setSoTimeout(10_000);
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(new String(answer, "ISO-8859-1")).doesNotContain("HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_RSA_WITH_AES_128_CBC_SHA",
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
            })
    void older_suites_are_refused(String suite) throws Exception {
        try (ChatServer server = withPem();
                SSLSocket socket = socket(server, "TLSv1.2")) {
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void second_handshake_ends_the_connection() throws Exception {
        try (ChatServer server = withPem();
                SSLSocket socket = socket(server, "TLSv1.2")) {
            socket.startHandshake();
            ask(socket);
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        ask(socket);
                        socket.getInputStream().readAllBytes();
                        throw new IOException("closed");
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(java.net.SocketTimeoutException.class);
            assertThat(health(server)).isEqualTo(200);
        }
    }

    private static void ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes("US-ASCII"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void client_that_sends_too_much_reads_the_refusal(String version) throws Exception {
        try (ChatServer server = withPem();
                SSLSocket socket = socket(server, version)) {
            String head =
                    "POST /api/conversations/r/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes("US-ASCII"));
            for (int i = 0; i < 400; i++) {
                socket.getOutputStream().write(new byte[10_000]);
            }
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, "US-ASCII")).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void resumed_session_is_served() throws Exception {
        try (ChatServer server = withPem()) {
            for (int i = 0; i < 3; i++) {
                try (SSLSocket socket = socket(server, "TLSv1.2")) {
                    ask(socket);
                    assertThat(socket.getInputStream().read()).isEqualTo('H');
                }
            }
        }
    }

    private static SSLSocket socket(ChatServer server, String version) throws IOException {
        SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }

    @Test
    void files_that_hold_no_key_are_refused() throws Exception {
        Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");
        assertThatThrownBy(() -> ChatServer.builder()
                        .tls(nothing, folder.resolve("key.pem"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing.pem");
    }
}
