package io.roomcast.chat.socketio.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.spi.AttachmentStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator learns of a store of files that fails while bytes are transferred. */
class TransferFaultsTest {
    private static final String REASON = "java.io.IOException: No space left on device";

    private final AtomicReference<String> failing = new AtomicReference<>("");
    private final AttachmentStore files = AttachmentStore.inMemory();

    private AttachmentStore store() {
        return (AttachmentStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AttachmentStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(failing.get())) {
                        throw ChatException.of(
                                ErrorCode.STORAGE_UNAVAILABLE, new IOException("No space left on device"));
                    }
                    try {
                        return method.invoke(files, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static List<String> lines(LogLines log) {
        return log.text()
                .lines()
                .filter(line -> line.contains(" of a file failed"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"append, an upload", "sync, an upload", "read, a download"})
    void fault_of_the_store_is_logged_once_in_a_while(String method, String transfer) {
        try (LogLines log = LogLines.capture();
                FileHarness chat = new FileHarness(store())) {
            String link = chat.sent("secret name.txt", "text/plain", "abc");
            String path = chat.create(3, "secret name.txt", "text/plain");
            failing.set(method);
            long before = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                Response refused = method.equals("read") ? chat.request("GET", link, "") : rest(chat, path);
                assertThat(refused.status()).isEqualTo(503);
            }
            failing.set("");
            long most = 1 + Duration.ofNanos(System.nanoTime() - before).toSeconds() / 5;
            assertThat(lines(log))
                    .hasSizeBetween(1, (int) most)
                    .allSatisfy(line -> assertThat(line)
                            .contains(transfer, "STORAGE_UNAVAILABLE", REASON)
                            .doesNotContain("secret"));
        }
    }

    /** Uploads what is missing of a file with three bytes. */
    private Response rest(FileHarness chat, String path) {
        int stored = (int) files.size(path.substring(path.lastIndexOf('/') + 1));
        return chat.patch(path, stored, "abc".substring(stored));
    }

    @Test
    void mistakes_of_clients_are_not_logged() {
        try (LogLines log = LogLines.capture();
                FileHarness chat = new FileHarness(files)) {
            String path = chat.create(3);
            assertThat(chat.patch(path, 1, "abc").status()).isEqualTo(409);
            assertThat(chat.patch(path, 0, "abcd").status()).isEqualTo(400);
            assertThat(chat.request("GET", "/api/files/unknown", "").status()).isEqualTo(401);
            assertThat(lines(log)).isEmpty();
        }
    }
}
