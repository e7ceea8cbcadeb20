package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AttachmentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A node stalls while it writes to a file, and another one continues the upload. */
@Timeout(60)
class StalledWriteTest {
    private static final String ID = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String BYTES = "abcdefgh";
    private static TestServer server;

    private final String database = MongoHarness.newName();
    private final Stall stall = new Stall();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private MongoClient stalling;
    private AttachmentStore slow;
    private AttachmentStore other;

    @BeforeAll
    static void startServer() {
        server = TestServer.inMemory();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() {
        stalling = MongoClients.create(
                MongoClientSettings.builder(MongoUri.parse(server.uri("any")).settings())
                        .addCommandListener(stall)
                        .build());
        slow = MongoAttachmentStore.of(stalling, database);
        other = MongoAttachmentStore.of(server.client(), database);
    }

    @AfterEach
    void close() {
        stall.end.countDown();
        threads.shutdownNow();
        stalling.close();
        server.client().getDatabase(database).drop();
    }

    /** Stalls the next update of a collection before it is sent. */
    private static final class Stall implements CommandListener {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile String collection = "none";

        @Override
        public void commandStarted(CommandStartedEvent event) {
            boolean isStalled = event.getCommandName().equals("update")
                    && event.getCommand().getString("update").getValue().equals(collection)
                    && begun.getCount() > 0;
            if (isStalled) {
                begun.countDown();
                awaitUninterruptibly();
            }
        }

        private void awaitUninterruptibly() {
            try {
                end.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private MongoCollection<Document> chunks() {
        return server.client().getDatabase(database).getCollection("attachments.chunks");
    }

    private static StoredFile file(int size) {
        return new StoredFile(ID, "room", "ann", "a.bin", size, "a/b", null, Instant.EPOCH, null);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] stored() {
        try {
            return Channels.newInputStream(other.read(ID, 0, Long.MAX_VALUE)).readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private StoredFile sealed() {
        return file(BYTES.length()).at(UploadState.open(Instant.EPOCH).at(UploadState.Status.READY, Instant.EPOCH));
    }

    private void complete() {
        other.append(ID, 3, bytes("defgh"));
        assertThat(other.update(file(BYTES.length()), sealed())).isTrue();
    }

    private void replace() {
        assertThat(other.clear(file(BYTES.length()))).isTrue();
        other.append(ID, 0, bytes(BYTES));
    }

    private void writeAgain() {
        complete();
        StoredFile open = file(BYTES.length());
        assertThat(other.update(sealed(), open)).isTrue();
        assertThat(other.clear(open)).isTrue();
        other.append(ID, 0, bytes(BYTES));
        assertThat(other.update(open, sealed())).isTrue();
    }

    private static Arguments row(String name, String stalled, Consumer<StalledWriteTest> meanwhile, String expected) {
        return argumentSet(name + ", stalled at " + stalled, "attachments." + stalled, meanwhile, expected);
    }

    static Stream<Arguments> meanwhile() {
        return Stream.of("chunks", "files")
                .flatMap(stalled -> Stream.of(
                        row("continued", stalled, test -> test.other.append(ID, 3, bytes("de")), "abcde"),
                        row("completed", stalled, StalledWriteTest::complete, BYTES),
                        row("cleared and written", stalled, StalledWriteTest::replace, BYTES),
                        row("completed, cleared and written", stalled, StalledWriteTest::writeAgain, BYTES),
                        row("cleared", stalled, test -> test.other.clear(file(BYTES.length())), ""),
                        row("deleted", stalled, test -> test.other.delete(ID), "")));
    }

    @ParameterizedTest
    @MethodSource("meanwhile")
    void late_write_changes_nothing(String stalled, Consumer<StalledWriteTest> meanwhile, String expected)
            throws Exception {
        other.create(file(BYTES.length()));
        other.append(ID, 0, bytes("abc"));
        stall.collection = stalled;
        Future<Long> late = threads.submit(() -> slow.append(ID, 3, bytes("XXXXX")));
        stall.begun.await();
        meanwhile.accept(this);
        stall.end.countDown();
        assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, lost -> assertThat(lost.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(stored()).asString(StandardCharsets.US_ASCII).isEqualTo(expected);
        if (other.find(ID).isEmpty()) {
            assertThat(chunks().countDocuments()).isZero();
        }
    }

    /** Bytes that were stored. */
    private record Part(long offset, byte[] bytes) {}

    /** Two nodes write different bytes wherever they see the end of the file. */
    @RepeatedTest(3)
    void bytes_whose_writer_learns_that_they_are_stored_are_stored() throws Exception {
        int size = 1_500_000;
        other.create(file(size));
        List<Future<List<Part>>> writers =
                List.of(threads.submit(writing(slow, size, 1)), threads.submit(writing(other, size, 2)));
        List<Part> all = new ArrayList<>();
        for (Future<List<Part>> writer : writers) {
            all.addAll(writer.get(40, TimeUnit.SECONDS));
        }
        byte[] stored = stored();
        assertThat(stored).hasSize(size);
        for (Part part : all) {
            int begin = (int) part.offset();
            assertThat(Arrays.equals(stored, begin, begin + part.bytes().length, part.bytes(), 0, part.bytes().length))
                    .as("bytes at %d", begin)
                    .isTrue();
        }
        assertThat(all.stream().mapToInt(part -> part.bytes().length).sum()).isEqualTo(size);
    }

    private static Callable<List<Part>> writing(AttachmentStore store, int size, int seed) {
        Random random = new Random(seed);
        return () -> {
            List<Part> written = new ArrayList<>();
            for (long offset = store.size(ID); offset < size; offset = store.size(ID)) {
                byte[] bytes = new byte[(int) Math.min(size - offset, 1 + random.nextInt(20_000))];
                random.nextBytes(bytes);
                if (isAppended(store, offset, bytes)) {
                    written.add(new Part(offset, bytes));
                }
            }
            return written;
        };
    }

    private static boolean isAppended(AttachmentStore store, long offset, byte[] bytes) {
        try {
            ByteBuffer unread = ByteBuffer.wrap(bytes);
            store.append(ID, offset, unread);
            return !unread.hasRemaining();
        } catch (ChatException lost) {
            assertThat(lost.code()).isEqualTo(ErrorCode.CONFLICT);
            return false;
        }
    }
}
