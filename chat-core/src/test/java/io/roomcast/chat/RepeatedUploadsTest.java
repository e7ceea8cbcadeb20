package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two requests with the same key for uploads, both of which find no upload. */
@Timeout(60)
class RepeatedUploadsTest {
    private static final int SIZE = 4;

    private final AttachmentStore files = AttachmentStore.inMemory();
    private final CyclicBarrier bothHaveRead = new CyclicBarrier(2);
    private final AtomicInteger reads = new AtomicInteger();
    private final ChatStore messages = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final List<TestNode> nodes = List.of(node(), node());

    private TestNode node() {
        return TestNode.of(ChatEngine.builder()
                .store(messages)
                .cluster(network.newBus())
                .attachments(shared())
                .limits(Limits.builder().uploadBytesPerDay(2 * SIZE).build()));
    }

    /** Returns a store that the nodes do not close. The first two requests read it at the same time. */
    private AttachmentStore shared() {
        return (AttachmentStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AttachmentStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        Object result = method.invoke(files, arguments);
                        if (method.getName().equals("uploadsOf") && reads.incrementAndGet() <= 2) {
                            bothHaveRead.await(20, TimeUnit.SECONDS);
                        }
                        return result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    private static StartUpload start(String key) {
        return new StartUpload("open", "a.txt", SIZE, null, key);
    }

    private Answer<StartUpload.Started> begin(int node, String key) {
        return nodes.get(node).run(TestSession.of("ann"), start(key));
    }

    @ParameterizedTest(name = "server {0}")
    @ValueSource(ints = {0, 1})
    void begin_one_upload(int other) {
        Answer<StartUpload.Started> first = begin(0, "my key");
        Answer<StartUpload.Started> second = begin(other, "my key");
        assertThat(Stream.of(first, second)
                        .map(answer -> answer.result().file().id())
                        .distinct())
                .hasSize(1);
        assertThat(files.list("", 10)).hasSize(1);
    }

    @ParameterizedTest(name = "server {0}")
    @ValueSource(ints = {0, 1})
    void begin_two_uploads_without_a_key(int other) {
        List<StoredFile> begun = Stream.of(begin(0, null), begin(other, null))
                .map(answer -> answer.result().file())
                .toList();
        assertThat(files.list("", 10)).containsExactlyInAnyOrderElementsOf(begun);
    }

    @ParameterizedTest(name = "server {0}")
    @ValueSource(ints = {0, 1})
    void count_once_for_the_quota(int other) {
        Stream.of(begin(0, "my key"), begin(other, "my key")).forEach(Answer::result);
        assertThat(begin(0, "another key").result().offset()).isZero();
        if (other == 0) {
            assertThat(begin(0, "a third key").refusal().code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        }
    }
}
