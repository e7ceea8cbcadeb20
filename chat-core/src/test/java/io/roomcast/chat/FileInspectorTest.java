package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.ServiceUnavailableException;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState.Status;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.FileInspector;
import io.roomcast.chat.spi.FileVerdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A host that inspects the files of users. */
class FileInspectorTest {
    private static final byte[] BYTES = {1, 2, 3};

    private final AttachmentStore store = AttachmentStore.inMemory();
    private final AtomicReference<FileInspector> inspector = new AtomicReference<>(FileInspector.none());
    private final ChatFixture chat = ChatFixture.with(builder -> builder.attachments(store)
            .fileInspector((file, bytes) -> inspector.get().inspect(file, bytes)));
    private final TestSession ann = chat.user("ann");

    @AfterEach
    void close() {
        chat.close();
    }

    private StoredFile uploaded() {
        return uploaded("ann");
    }

    private StoredFile uploaded(String userId) {
        StoredFile file = chat.run(chat.user(userId), new StartUpload("g", "a.png", BYTES.length, "image/png", null))
                .result()
                .file();
        store.append(file.id(), 0, ByteBuffer.wrap(BYTES));
        return file;
    }

    private CompletableFuture<StoredFile> completing(StoredFile file) {
        return chat.engine().completeUpload(file.id()).toCompletableFuture();
    }

    private StoredFile complete(StoredFile file) {
        CompletableFuture<StoredFile> completing = completing(file);
        await().until(completing::isDone);
        return completing.join();
    }

    private Answer<SendMessage.Sent> send(StoredFile file) {
        Attachment attachment = new Attachment(file.url(), null, null, null);
        return chat.run(ann, SendMessage.of("g", null, MessageType.FILE, "", attachment, "message"));
    }

    @Test
    void inspector_reads_the_file_and_corrects_its_type() {
        inspector.set((file, bytes) -> {
            assertThat(file.name()).isEqualTo("a.png");
            assertThat(Channels.newInputStream(bytes).readAllBytes()).isEqualTo(BYTES);
            return FileVerdict.accept("image/gif");
        });
        StoredFile file = complete(uploaded());
        assertThat(file.state().status()).isEqualTo(Status.READY);
        assertThat(file.mimeType()).isEqualTo("image/gif");
        assertThat(send(file).result().message().attachment().mimeType()).isEqualTo("image/gif");
    }

    @Test
    void rejected_file_is_not_sent_and_its_bytes_are_removed() {
        inspector.set((file, bytes) -> FileVerdict.reject(ErrorCode.FILE_TYPE_BLOCKED));
        StoredFile file = complete(uploaded());
        assertThat(file.state().status()).isEqualTo(Status.REJECTED);
        assertThat(file.state().code()).isEqualTo(ErrorCode.FILE_TYPE_BLOCKED);
        assertThat(store.size(file.id())).isZero();
        assertThat(send(file).refusal().code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                argumentSet("exception", failing(() -> new IllegalStateException("broken"))),
                argumentSet("unavailable", failing(() -> new ServiceUnavailableException("away"))),
                argumentSet("error", (FileInspector) (file, bytes) -> {
                    throw new AssertionError("broken");
                }),
                argumentSet("fault of the network", (FileInspector) (file, bytes) -> {
                    throw new IOException("broken");
                }),
                argumentSet("no verdict", (FileInspector) (file, bytes) -> null),
                argumentSet("closed channel", (FileInspector) FileInspectorTest::readAfterTheEnd));
    }

    private static FileInspector failing(Supplier<RuntimeException> failure) {
        return (file, bytes) -> {
            throw failure.get();
        };
    }

    private static FileVerdict readAfterTheEnd(StoredFile file, ReadableByteChannel bytes) throws IOException {
        bytes.close();
        bytes.read(ByteBuffer.allocate(1));
        return FileVerdict.accept();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void file_without_a_verdict_is_not_sent_before_there_is_one(FileInspector broken) {
        inspector.set(broken);
        StoredFile file = complete(uploaded());
        assertThat(file.state().status()).isEqualTo(Status.CHECKING);
        assertThat(send(file).refusal().code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        chat.send(ann, "g", "hello").result();
        inspector.set(FileInspector.none());
        assertThat(complete(file).state().status()).isEqualTo(Status.READY);
        send(file).result();
    }

    @Test
    void inspector_that_hangs_delays_nothing_but_its_files() {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger();
        inspector.set((file, bytes) -> {
            hanging.incrementAndGet();
            try {
                open.await();
            } catch (InterruptedException stop) {
                throw new IOException(stop);
            }
            return FileVerdict.accept();
        });
        try {
            StoredFile file = uploaded();
            CompletableFuture<StoredFile> completing = completing(file);
            await().until(() -> hanging.get() == 1);
            chat.send(ann, "g", "hello").result();
            assertThat(uploaded().state().status()).isEqualTo(Status.OPEN);
            assertThat(send(file).refusal().code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
            chat.time().advance(Duration.ofSeconds(59));
            assertThat(completing).isNotDone();
            // The call may have begun before its time limit was set.
            await().until(() -> {
                chat.time().advance(Duration.ofSeconds(2));
                return completing.isDone();
            });
            assertThat(completing.join().state().status()).isEqualTo(Status.CHECKING);
        } finally {
            open.countDown();
        }
    }

    @Test
    void files_of_one_user_that_take_long_do_not_delay_those_of_others() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        inspector.set((file, bytes) -> {
            awaitOpen(file, open);
            return FileVerdict.accept();
        });
        try {
            List<CompletableFuture<StoredFile>> slow =
                    Stream.generate(() -> completing(uploaded())).limit(20).toList();
            assertThat(completing(uploaded("bob"))
                            .get(20, TimeUnit.SECONDS)
                            .state()
                            .status())
                    .isEqualTo(Status.READY);
            assertThat(slow).noneMatch(CompletableFuture::isDone);
            open.countDown();
            for (CompletableFuture<StoredFile> one : slow) {
                assertThat(one.get(20, TimeUnit.SECONDS).state().status()).isEqualTo(Status.READY);
            }
        } finally {
            open.countDown();
        }
    }

    private static void awaitOpen(StoredFile file, CountDownLatch open) throws IOException {
        try {
            if (file.userId().equals("ann")) {
                open.await();
            }
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }

    @Test
    void uploader_that_asks_again_gets_another_verdict() {
        inspector.set(failing(() -> new IllegalStateException("broken")));
        StoredFile file = complete(uploaded());
        inspector.set(FileInspector.none());
        await().until(() ->
                chat.run(ann, new GetUpload(file.id())).result().file().state().status() == Status.READY);
    }
}
