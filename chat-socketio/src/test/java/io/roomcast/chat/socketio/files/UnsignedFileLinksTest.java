package io.roomcast.chat.socketio.files;

import static io.roomcast.chat.socketio.files.FileHarness.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.ChatServerBuilder;
import io.roomcast.chat.spi.AttachmentStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server whose host wants no link that works without a token. */
class UnsignedFileLinksTest {
    @ParameterizedTest
    @CsvSource({"ann, 200", "bob, 200", "eve, 403", "'', 401"})
    void reader_needs_a_token_that_permits_it(String user, int status) {
        try (FileHarness chat = FileHarness.with(AttachmentStore.inMemory(), ChatServerBuilder::unsignedFileLinks)) {
            String link = chat.sent("a.txt", "text/plain", "abc");
            assertThat(link).matches("/api/files/[A-Za-z0-9_-]{22}");
            assertThat(chat.request("GET", link, "", user.isEmpty() ? "X: 1" : bearer(user))
                            .status())
                    .isEqualTo(status);
        }
    }

    @Test
    void signature_of_another_server_is_refused() {
        try (FileHarness signing = new FileHarness(AttachmentStore.inMemory());
                FileHarness chat = FileHarness.with(AttachmentStore.inMemory(), ChatServerBuilder::unsignedFileLinks)) {
            String signed = signing.sent("a.txt", "text/plain", "abc");
            String link = chat.sent("a.txt", "text/plain", "abc");
            assertThat(chat.request("GET", link + signed.substring(signed.indexOf('?')), "")
                            .status())
                    .isEqualTo(403);
        }
    }
}
