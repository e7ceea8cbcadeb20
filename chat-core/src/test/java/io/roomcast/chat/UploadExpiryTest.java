package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.fixture.VirtualNode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadOutcome;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.time.VirtualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When uploads expire that two servers with the same stores receive. */
class UploadExpiryTest {
    private static final int SIZE = 4;
    private static final Duration EXPIRY = Duration.ofHours(24);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime();
    private final Instant start = time.clock().instant();
    private final AttachmentStore files = AttachmentStore.inMemory();

    /** What the sweepers read, if it is not what is stored. */
    private final AtomicReference<List<StoredFile>> listed = new AtomicReference<>();

    private final ChatStore messages = ChatStore.inMemory(time.clock());
    private final BusNetwork network = new BusNetwork();
    private final List<TestNode> nodes = List.of(node(), node());
    private final List<TestSession> sessions =
            nodes.stream().map(node -> node.userIn("ann", "open")).toList();
    private final TestSession ann = sessions.get(0);

    private TestNode node() {
        return TestNode.of(VirtualNode.builder(messages, network.newBus(), time).attachments(shared()));
    }

    /** Returns a store that the nodes do not close. */
    private AttachmentStore shared() {
        return (AttachmentStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AttachmentStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    List<StoredFile> read = method.getName().equals("list") ? listed.get() : null;
                    try {
                        return read == null ? method.invoke(files, arguments) : read;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    private StoredFile started() {
        return nodes.get(0)
                .run(ann, new StartUpload("open", "a.txt", SIZE, null, null))
                .result()
                .file();
    }

    private StartUpload.Started found(TestNode node, StoredFile file) {
        return node.run(TestSession.of("ann"), new GetUpload(file.id())).result();
    }

    /** Stores a byte, as a server does that receives it. */
    private void store(TestNode node, StoredFile file) {
        StoredFile facts = found(node, file).file();
        long size = files.append(file.id(), files.size(file.id()), ByteBuffer.allocate(1));
        node.engine().uploadProgress(facts, size);
        if (size == SIZE) {
            Answer.of(node.engine().completeUpload(file.id())).result();
        }
    }

    private void advanceTo(Duration sinceStart) {
        time.advance(Duration.between(time.clock().instant(), start.plus(sinceStart)));
    }

    static Stream<Arguments> uploads() {
        return Stream.of(
                Arguments.of("no bytes", List.of(), EXPIRY),
                Arguments.of("one byte", List.of(Duration.ofHours(23)), Duration.ofHours(47)),
                Arguments.of(
                        "a byte at each server",
                        List.of(Duration.ofHours(20), Duration.ofHours(40)),
                        Duration.ofHours(64)),
                Arguments.of("a byte in the first minute", List.of(Duration.ofSeconds(59)), EXPIRY),
                Arguments.of(
                        "two bytes in a minute",
                        List.of(Duration.ofHours(1), Duration.ofHours(1).plusSeconds(59)),
                        Duration.ofHours(25)),
                Arguments.of(
                        "bytes after the expiry, when the file is not deleted yet",
                        List.of(Duration.ofMinutes(24 * 60 + 30)),
                        Duration.ofMinutes(48 * 60 + 30)),
                Arguments.of(
                        "all bytes",
                        List.of(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(3), Duration.ofHours(4)),
                        Duration.ofHours(28)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uploads")
    void upload_expires_a_day_after_its_last_byte(String what, List<Duration> bytes, Duration expected) {
        StoredFile file = started();
        for (int i = 0; i < bytes.size(); i++) {
            advanceTo(bytes.get(i));
            store(nodes.get(i % nodes.size()), file);
        }
        Instant end = start.plus(expected);
        assertThat(nodes)
                .allSatisfy(node -> assertThat(found(node, file).expiresAt()).isEqualTo(end));
        assertThat(deletion(file)).isAfterOrEqualTo(end.plus(Duration.ofHours(1)));
        awaitExpiryOf(file);
    }

    /**
     * Waits until the user is notified that one upload has expired, at the server whose sweeper has deleted it. The other one
     * may be lost to it at that moment, because the time of the servers passes much faster than that of the bus.
     */
    private void awaitExpiryOf(StoredFile file) {
        await().until(() -> !expired(0).isEmpty() || !expired(1).isEmpty());
        for (int node = 0; node < nodes.size(); node++) {
            assertThat(expired(node)).isSubsetOf(file.id()).doesNotHaveDuplicates();
        }
    }

    /** Returns the uploads of which a session was notified that they have expired. */
    private List<String> expired(int node) {
        return nodes.get(node).eventsTo(sessions.get(node), UploadFinished.class).stream()
                .filter(event -> event.outcome() == UploadOutcome.EXPIRED)
                .map(UploadFinished::uploadId)
                .toList();
    }

    /** Lets the time pass until a sweeper, which has a thread of its own, has deleted the file. Returns that time. */
    private Instant deletion(StoredFile file) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            time.advance(MINUTE.multipliedBy(20));
            return files.find(file.id()).isEmpty();
        });
        return time.clock().instant();
    }

    @Test
    void upload_that_continues_while_a_sweeper_reads_is_not_deleted() {
        StoredFile file = started();
        StoredFile other = started();
        listed.set(List.of(file, other));
        advanceTo(Duration.ofMinutes(24 * 60 + 30));
        store(nodes.get(1), file);
        deletion(other);
        awaitExpiryOf(other);
        assertThat(files.find(file.id())).isPresent();
    }
}
