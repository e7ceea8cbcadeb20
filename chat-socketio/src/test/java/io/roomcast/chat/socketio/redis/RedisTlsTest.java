package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.testkit.RecordingListener;
import io.roomcast.chat.testkit.ReservedPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresPrograms({"redis-server", "redis-sentinel"})
class RedisTlsTest extends RedisCase {
    @TempDir
    Path folder;

    private final RecordingListener listener = new RecordingListener();

    private static X509Bundle certificateOf(String host) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private int portOfServer(X509Bundle certificate) throws Exception {
        Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("key.pem"), certificate.getPrivateKeyPEM());
        int port = ReservedPort.choose();
        closed(RedisServer.start(
                "--port",
                "0",
                "--tls-port",
                "" + port,
                "--tls-cert-file",
                chain.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-auth-clients",
                "no"));
        return port;
    }

    private static SSLContext trusting(X509Bundle certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", certificate.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void frames_travel_over_tls() throws Exception {
        X509Bundle certificate = certificateOf("localhost");
        int port = portOfServer(certificate);
        RedisBus bus = open(
                RedisBus.builder("rediss://localhost:" + port)
                        .sslContext(trusting(certificate))
                        .build(),
                listener);
        result(bus.subscribe(List.of("c:1")));
        awaitConnected(listener);
        bus.publish("c:1", bytes("hello"));

        eventually(() -> assertThat(listener.receivedIn("c:1")).containsExactly("hello"));
        assertThat(result(bus.readEntries(List.of("c:1")))).isEmpty();
    }

    @Test
    void certificate_of_another_host_is_refused() throws Exception {
        X509Bundle certificate = certificateOf("other.example.com");
        int port = portOfServer(certificate);
        assertRefused(RedisBus.builder("rediss://localhost:" + port)
                .sslContext(trusting(certificate))
                .build());
    }

    @Test
    void unknown_certificate_is_refused() throws Exception {
        int port = portOfServer(certificateOf("localhost"));
        assertRefused(RedisBus.connect("rediss://localhost:" + port));
    }

    private void assertRefused(RedisBus bus) {
        try (LogLines log = LogLines.capture()) {
            open(bus, listener);
            eventually(() -> assertThat(log.of(RedisBus.class))
                    .singleElement()
                    .asString()
                    .contains("cannot be reached (", "Cert"));
        }
        assertThat(listener.states()).isEmpty();
    }
}
