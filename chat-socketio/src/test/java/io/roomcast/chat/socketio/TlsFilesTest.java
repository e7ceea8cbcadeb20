package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.internal.tls.OpenSsl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys in all the forms in which OpenSSL writes them. */
class TlsFilesTest {
    private static final String REQUEST = "req -x509 -nodes -days 2 -subj /CN=localhost";

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeFiles() throws Exception {
        assumeTrue(OpenSsl.isInstalled(), "no openssl on the PATH");
        openssl(REQUEST + " -newkey rsa:2048 -keyout rsa.key -out rsa.crt");
        openssl(REQUEST + " -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout ec.key -out ec.crt");
        openssl(REQUEST + " -newkey ed25519 -keyout ed25519.key -out ed25519.crt");
        openssl("rsa -traditional -in rsa.key -out rsa1.key");
        openssl("ec -in ec.key -out sec1.key");
        openssl("ecparam -name prime256v1 -genkey -out params.key");
        openssl(REQUEST + " -key params.key -out params.crt");
        openssl("ecparam -name secp384r1 -genkey -noout -out p384.key");
        openssl(REQUEST + " -key p384.key -out p384.crt");
        openssl("pkcs8 -topk8 -v2 aes256 -passout pass:secret -in rsa.key -out encrypted.key");
        openssl("rsa -traditional -aes128 -passout pass:secret -in rsa.key -out encrypted1.key");
        openssl("pkey -outform der -in rsa.key -out der.key");
        openssl("x509 -outform der -in rsa.crt -out der.crt");
        openssl("x509 -trustout -in rsa.crt -out trusted.crt");
        openssl("crl2pkcs7 -nocrl -certfile rsa.crt -out pkcs7.crt");
        openssl("dsaparam -genkey -noout -out dsa.key 1024");
        openssl("pkey -pubout -in rsa.key -out public.key");
        openssl("ecparam -name secp256k1 -genkey -noout -out k1.key");
        openssl(REQUEST + " -key k1.key -out k1.crt");
        join("chain.crt", "rsa.crt", "ec.crt");
        join("turned.crt", "ec.crt", "rsa.crt");
        join("both.pem", "rsa.key", "rsa.crt");
        Files.writeString(file("crlf.crt"), Files.readString(file("rsa.crt")).replace("\n", "\r\n"));
        Files.writeString(file("said.crt"), "subject=CN = localhost\n\n" + Files.readString(file("rsa.crt")) + "\n\n");
        Files.writeString(file("cut.crt"), Files.readString(file("rsa.crt")).replaceFirst("\n.{60}", "\n"));
        Files.writeString(file("cut.key"), Files.readString(file("rsa.key")).replaceFirst("\n.{60}", "\n"));
        Files.writeString(file("empty"), "");
        Files.writeString(
                file("ssh.key"),
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----\n");
        Files.writeString(file("large"), "x".repeat((1 << 20) + 1));
    }

    private static void openssl(String arguments) throws Exception {
        new OpenSsl(folder).run(arguments);
    }

    private static void join(String name, String... parts) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(Files.readString(file(part)));
        }
        Files.writeString(file(name), text);
    }

    private static Path file(String name) {
        return folder.resolve(name);
    }

    private static ChatServerBuilder builder(String certificates, String key) {
        return ChatServer.builder().port(0).tls(file(certificates), file(key));
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.crt, rsa.key, RSA",
        "rsa.crt, rsa1.key, RSA",
        "ec.crt, ec.key, EC",
        "ec.crt, sec1.key, EC",
        "params.crt, params.key, EC",
        "p384.crt, p384.key, EC",
        "ed25519.crt, ed25519.key, EdDSA",
        "chain.crt, rsa.key, RSA",
        "both.pem, both.pem, RSA",
        "crlf.crt, rsa.key, RSA",
        "said.crt, rsa.key, RSA"
    })
    void files_are_served_with(String certificates, String key, String algorithm) throws Exception {
        try (ChatServer server = builder(certificates, key).build().start()) {
            for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
                assertThat(served(server.port(), version).getPublicKey().getAlgorithm())
                        .isEqualTo(algorithm);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rsa.crt     | encrypted.key  | encrypted.key is encrypted     | openssl pkey -in
            rsa.crt     | encrypted1.key | encrypted1.key is encrypted    | openssl pkey -in
            rsa.crt     | der.key        | not in the PEM form            | openssl pkey -inform der -in
            rsa.crt     | ssh.key        | OpenSSH                        | ssh-keygen -p
            rsa.crt     | dsa.key        | cannot be used                 | RSA, EC
            k1.crt      | k1.key         | cannot be used                 | P-256
            rsa.crt     | cut.key        | cannot be used                 | RSA
            rsa.crt     | public.key     | no private key                 | BEGIN PRIVATE KEY
            rsa.crt     | rsa.crt        | no private key                 | BEGIN PRIVATE KEY
            rsa.crt     | empty          | no private key                 | BEGIN PRIVATE KEY
            rsa.crt     | nowhere.key    | nowhere.key does not exist      | a PEM file
            rsa.crt     | large          | larger than a megabyte         | a PEM file
            nowhere.crt | rsa.key        | nowhere.crt does not exist       | a PEM file
            der.crt     | rsa.key        | not in the PEM form            | openssl x509 -inform der -in
            trusted.crt | rsa.key        | trusted certificate            | openssl x509 -in
            pkcs7.crt   | rsa.key        | PKCS #7                        | openssl pkcs7 -print_certs -in
            cut.crt     | rsa.key        | cannot be read                 | X.509
            rsa.key     | rsa.key        | no certificate                 | BEGIN CERTIFICATE
            empty       | rsa.key        | no certificate                 | BEGIN CERTIFICATE
            rsa.crt     | ec.key         | is not the key of the certificate | openssl pkey -pubout
            ed25519.crt | rsa.key        | is not the key of the certificate | openssl pkey -pubout
            turned.crt  | rsa.key        | as number 2                    | that one first
            """)
    void files_that_cannot_be_used_are_refused_with_the_way_out(
            String certificates, String key, String cause, String wayOut) {
        assertThat(builder(certificates, key).mistakes())
                .singleElement()
                .asString()
                .startsWith("tls: ")
                .contains(cause, wayOut);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl pkey -in encrypted.key -passin pass:secret -out encrypted.key.new"})
    void command_converts(String command) throws Exception {
        openssl(command.substring("openssl ".length()));
        assertThat(builder("rsa.crt", "encrypted.key.new").mistakes()).isEmpty();
    }

    @Test
    void key_store_must_have_a_key_that_fits() throws Exception {
        char[] password = "secret".toCharArray();
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        assertThatThrownBy(() -> ChatServer.builder().tls(empty, password).build())
                .hasMessageContaining("no private key");

        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der("rsa.key")));
        Certificate another =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der("ec.crt")));
        keys.setKeyEntry("server", key, password, new Certificate[] {another});
        assertThatThrownBy(() -> ChatServer.builder().tls(keys, password).build())
                .hasMessageContaining("server of the key store");
        assertThatThrownBy(() ->
                        ChatServer.builder().tls(keys, "wrong".toCharArray()).build())
                .hasMessageStartingWith("tls: ");
    }

    private static byte[] der(String file) throws IOException {
        return Base64.getMimeDecoder().decode(Files.readString(file(file)).replaceAll("-----[^-]+-----", ""));
    }

    @Test
    void new_files_serve_new_connections_and_broken_ones_do_not() throws Exception {
        replace("rsa.crt", "rsa.key");
        ChatServerBuilder builder = builder("live.crt", "live.key");
        builder.tls().interval(Duration.ofMillis(50));
        try (LogLines log = LogLines.capture();
                ChatServer server = builder.build().start()) {
            assertThat(algorithm(server)).isEqualTo("RSA");

            replace("ec.crt", "ec.key");
            await().untilAsserted(() -> assertThat(algorithm(server)).isEqualTo("EC"));

            Files.writeString(file("live.crt"), "nonsense");
            await().untilAsserted(() -> assertThat(log.text().lines())
                    .anyMatch(line -> line.contains("WARN") && line.contains("live.crt has no certificate")));
            assertThat(algorithm(server)).isEqualTo("EC");

            Files.copy(file("rsa.crt"), file("live.crt"), StandardCopyOption.REPLACE_EXISTING);
            await().untilAsserted(() -> assertThat(log.text().lines())
                    .anyMatch(line -> line.contains("WARN") && line.contains("is not the key of the certificate")));
            assertThat(algorithm(server)).isEqualTo("EC");

            Files.delete(file("live.key"));
            await().untilAsserted(() ->
                    assertThat(log.text().lines()).anyMatch(line -> line.contains("live.key does not exist")));
            assertThat(algorithm(server)).isEqualTo("EC");

            replace("ed25519.crt", "ed25519.key");
            await().untilAsserted(() -> assertThat(algorithm(server)).isEqualTo("EdDSA"));
        }
    }

    private static void replace(String certificates, String key) throws IOException {
        Files.copy(file(certificates), file("live.crt"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(file(key), file("live.key"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String algorithm(ChatServer server) throws Exception {
        return served(server.port(), "TLSv1.3").getPublicKey().getAlgorithm();
    }

    private static Certificate served(int port, String version) throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new Trusting()}, null);
        try (SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
