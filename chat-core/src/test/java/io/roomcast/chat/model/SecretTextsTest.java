package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.command.UnregisterDevice;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts of values that hosts may log contain nothing that permits a request. */
class SecretTextsTest {
    private static final String SECRET = "a-secret";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void upload_omits_its_signed_url() {
        DirectTransfer transfer =
                new DirectTransfer("https://files.example.com/?sig=" + SECRET, "PUT", Map.of("x-key", SECRET), NOW);
        StoredFile file = new StoredFile("id", "g", "ann", "a.txt", 1, "text/plain", null, NOW, null);
        assertThat(new StartUpload.Started(file, 0, NOW, 1, transfer).toString())
                .contains("PUT")
                .doesNotContain(SECRET);
    }

    @Test
    void device_omits_its_token_and_keys() {
        assertThat(new RegisterDevice("web", SECRET, Map.of("auth", SECRET), null, null))
                .asString()
                .contains("web")
                .doesNotContain(SECRET);
        assertThat(new UnregisterDevice(SECRET)).asString().doesNotContain(SECRET);
    }
}
