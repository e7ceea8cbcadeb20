package io.roomcast.chat.socketio.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roomcast.chat.socketio.guard.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTlsTest {
    private static final String REQUEST = "req -x509 -nodes -days 2 -subj /CN=localhost";

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeFiles() throws Exception {
        assumeTrue(OpenSsl.isInstalled(), "no openssl on the PATH");
        OpenSsl openSsl = new OpenSsl(folder);
        openSsl.run(REQUEST + " -newkey rsa:2048 -keyout rsa.key -out rsa.crt");
        openSsl.run(REQUEST + " -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout ec.key -out ec.crt");
    }

    private static Path file(String name) {
        return folder.resolve(name);
    }

    @Test
    void file_that_stays_broken_is_one_warning() throws Exception {
        Path certificates = Files.copy(file("rsa.crt"), file("once.crt"));
        PemTls tls = new PemTls(certificates, file("rsa.key"), Duration.ofHours(1));
        Files.writeString(certificates, "nonsense");
        try (LogLines log = LogLines.capture()) {
            for (int i = 0; i < 10; i++) {
                tls.checkFiles();
            }
            assertThat(log.of(PemTls.class)).hasSize(1);
        }
    }

    @Test
    void file_that_is_being_written_is_not_used_yet() throws Exception {
        replace("rsa.crt", "rsa.key");
        PemTls tls = new PemTls(file("live.crt"), file("live.key"), Duration.ofHours(1));
        var before = tls.context();
        try (LogLines log = LogLines.capture()) {
            tls.checkFiles();
            Files.copy(file("ec.crt"), file("live.crt"), StandardCopyOption.REPLACE_EXISTING);
            tls.checkFiles();
            Files.copy(file("ec.key"), file("live.key"), StandardCopyOption.REPLACE_EXISTING);
            tls.checkFiles();
            assertThat(tls.context()).isSameAs(before);
            tls.checkFiles();
            assertThat(tls.context()).isNotSameAs(before);
            assertThat(log.of(PemTls.class)).singleElement().asString().contains("new certificate");
        }
    }

    private static void replace(String certificates, String key) throws IOException {
        Files.copy(file(certificates), file("live.crt"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(file(key), file("live.key"), StandardCopyOption.REPLACE_EXISTING);
    }
}
