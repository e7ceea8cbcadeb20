package io.roomcast.chat.socketio.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.spi.AttachmentStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store of files that does not keep up slows those who upload, and no other client. */
class SlowFileStoreTest {
    private static final int UPLOADS = 8;
    private static final int SIZE = 16_000_000;
    private static final long MEMORY = 32 << 20;

    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final FileHarness chat = new FileHarness(guarded(AttachmentStore.inMemory(), this::waitUntilOpen));
    private final ExecutorService clients = Executors.newFixedThreadPool(UPLOADS);

    @AfterEach
    void close() {
        open.countDown();
        clients.shutdownNow();
        chat.close();
    }

    /** Returns a store that runs a task before each append. */
    private static AttachmentStore guarded(AttachmentStore store, Runnable before) {
        return (AttachmentStore) Proxy.newProxyInstance(
                SlowFileStoreTest.class.getClassLoader(),
                new Class<?>[] {AttachmentStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("append")) {
                        before.run();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private void waitUntilOpen() {
        waiting.incrementAndGet();
        try {
            open.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private Callable<Response> uploading(String path) {
        return () -> {
            try (RawHttp http = new RawHttp(chat.port())) {
                http.write(FileHarness.patch(path, 0, SIZE));
                for (int i = 0; i < SIZE / 1_000_000; i++) {
                    http.write(new byte[1_000_000]);
                }
                return http.read();
            }
        };
    }

    private static long directMemory() {
        return Stream.of(ByteBufAllocator.DEFAULT, PooledByteBufAllocator.DEFAULT)
                .distinct()
                .mapToLong(allocator ->
                        ((ByteBufAllocatorMetricProvider) allocator).metric().usedDirectMemory())
                .sum();
    }

    @Test
    void uploads_wait_with_little_memory_and_the_chat_does_not() throws Exception {
        List<String> paths =
                IntStream.range(0, UPLOADS).mapToObj(i -> chat.create(SIZE)).toList();
        long before = directMemory();
        List<Future<Response>> responses =
                paths.stream().map(path -> clients.submit(uploading(path))).toList();
        Awaitility.await().until(() -> waiting.get() == UPLOADS);
        assertThat(directMemory()).isPositive();
        assertThat(directMemory() - before).isLessThan(MEMORY);
        assertThat(chat.request("GET", "/health/ready", "").status()).isEqualTo(200);
        assertThat(responses).noneMatch(Future::isDone);
        open.countDown();
        for (Future<Response> response : responses) {
            assertThat(response.get(60, TimeUnit.SECONDS).headers())
                    .containsEntry("upload-offset", String.valueOf(SIZE));
        }
    }

    @Test
    void file_that_cannot_be_opened_is_reported() {
        AttachmentStore files = AttachmentStore.inMemory();
        AttachmentStore unreadable = (AttachmentStore) Proxy.newProxyInstance(
                SlowFileStoreTest.class.getClassLoader(),
                new Class<?>[] {AttachmentStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("read") && (long) arguments[2] > 1_000) {
                        throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
                    }
                    return method.invoke(files, arguments);
                });
        try (FileHarness server = new FileHarness(unreadable)) {
            String link = server.sent("a.txt", "text/plain", "x".repeat(2_000));
            assertThat(server.request("GET", link, "").status()).isEqualTo(503);
            assertThat(server.request("GET", link, "", "Range: bytes=0-9").status())
                    .isEqualTo(206);
        }
    }

    @Test
    void full_store_is_reported_and_the_offset_stays() {
        AttachmentStore full = AttachmentStore.inMemory();
        AtomicInteger appends = new AtomicInteger();
        try (FileHarness server = new FileHarness(guarded(full, () -> {
            if (appends.incrementAndGet() > 1) {
                throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
            }
        }))) {
            String path = server.create(6);
            assertThat(server.patch(path, 0, "abc").status()).isEqualTo(204);
            Response refused = server.patch(path, 3, "def");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsKey("retry-after");
            assertThat(refused.body()).contains("\"code\":\"storage_unavailable\"");
            assertThat(server.head(path).headers()).containsEntry("upload-offset", "3");
        }
    }
}
