package io.roomcast.chat.socketio.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.raw.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageOriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, https://app.example.com",
        "https://app.example.com/, https://app.example.com",
        "HTTPS://App.Example.COM, https://app.example.com",
        "https://app.example.com:443, https://app.example.com",
        "http://app.example.com:80, http://app.example.com",
        "http://app.example.com:443, http://app.example.com:443",
        "https://app.example.com:80, https://app.example.com:80",
        "https://app.example.com:8443/, https://app.example.com:8443",
        "https://app.example.com:0443, https://app.example.com",
        "' https://app.example.com ', https://app.example.com",
        "https://münchen.example, https://xn--mnchen-3ya.example",
        "http://192.168.1.5:3000, http://192.168.1.5:3000",
        "http://[2001:DB8::1]:3000, http://[2001:db8::1]:3000",
        "capacitor://localhost, capacitor://localhost",
        "ionic://localhost, ionic://localhost",
        "app://localhost, app://localhost",
        "tauri://localhost, tauri://localhost",
        "chrome-extension://gighmmpiobklfepjocnamgkkbiglidom, chrome-extension://gighmmpiobklfepjocnamgkkbiglidom",
        "moz-extension://6f0e3f5e-7b1c-4c3a-9d0e-1a2b3c4d5e6f, moz-extension://6f0e3f5e-7b1c-4c3a-9d0e-1a2b3c4d5e6f",
        "file://, file://"
    })
    void origin_is_written_as_browsers_send_it(String written, String sent) {
        assertThat(PageOrigin.normalize(written)).isEqualTo(sent);
        try (ChatServer server =
                ChatServer.builder().port(0).allowedOrigins(written).build().start()) {
            assertThat(RawHttp.get(server.port(), "/health/live", "Origin: " + sent)
                            .headers())
                    .containsEntry("access-control-allow-origin", sent);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "null",
                "NULL",
                "app.example.com",
                "localhost:3000",
                "https://",
                "https:///",
                "https:app.example.com",
                "//app.example.com",
                "https://app.example.com/chat",
                "https://app.example.com//",
                "https://app.example.com?a=b",
                "https://app.example.com#a",
                "https://user@app.example.com",
                "https://user:secret@app.example.com",
                "https://*.example.com",
                "https://app.example.com:0",
                "https://app.example.com:65536",
                "https://app.example.com:",
                "https://app.example.com:x",
                "https://a.example,https://b.example",
                "https://app example.com",
                "1http://app.example.com",
                "file://host"
            })
    void other_text_is_refused_with_a_reason(String text) {
        assertThatThrownBy(() -> PageOrigin.normalize(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("allowedOrigins: ")
                .hasMessageContaining("(expected: ");
    }

    @Test
    void password_in_an_origin_is_not_shown() {
        assertThatThrownBy(() -> PageOrigin.normalize("https://user:secret@app.example.com"))
                .hasMessageNotContaining("secret");
    }
}
