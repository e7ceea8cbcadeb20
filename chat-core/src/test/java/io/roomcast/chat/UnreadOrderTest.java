package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.ChatStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that is slow once, while members receive their unread counts. */
class UnreadOrderTest {
    private final ChatStore inner = ChatStore.inMemory();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ChatFixture fixture =
            ChatFixture.with(builder -> builder.store(slowOnce()).executor(threads));
    private final TestSession ann = fixture.user("ann");
    private final TestSession bob = fixture.user("bob");

    /** The first look at who is in the group waits. */
    private ChatStore slowOnce() {
        return (ChatStore) Proxy.newProxyInstance(
                ChatStore.class.getClassLoader(), new Class<?>[] {ChatStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("receipts") && looks.getAndIncrement() == 0) {
                        slow.await(30, TimeUnit.SECONDS);
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    @BeforeEach
    void makeGroup() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
    }

    @AfterEach
    void close() {
        slow.countDown();
        fixture.close();
        threads.shutdownNow();
    }

    private List<UnreadChanged> told() {
        return fixture.told().unreadTo(bob);
    }

    private void sendWhileSlow() {
        fixture.send(ann, "g", "first").result();
        await().until(() -> looks.get() == 1);
        for (int i = 0; i < 4; i++) {
            fixture.send(ann, "g", "next").result();
        }
    }

    @Test
    void count_that_was_computed_earlier_is_not_sent_later() {
        sendWhileSlow();
        fixture.time().advance(Duration.ofSeconds(3));
        await().until(() -> told().contains(new UnreadChanged("g", 5, 0, 5, 0, null)));
        slow.countDown();
        fixture.send(ann, "g", "last").result();
        fixture.time().advance(Duration.ofSeconds(3));
        await().until(() -> told().contains(new UnreadChanged("g", 6, 0, 6, 0, null)));

        assertThat(told()).extracting(UnreadChanged::latestSeq).isSorted();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 5})
    void count_from_before_the_user_read_is_not_sent_afterwards(long upToSeq) {
        sendWhileSlow();
        fixture.run(bob, new MarkRead("g", upToSeq)).result();
        UnreadChanged left = new UnreadChanged("g", 5 - upToSeq, upToSeq, 5, 0, null);
        await().until(() -> told().contains(left));
        slow.countDown();
        fixture.time().advance(Duration.ofSeconds(3));
        fixture.send(ann, "g", "last").result();
        fixture.time().advance(Duration.ofSeconds(3));
        await().until(() -> told().stream().anyMatch(news -> news.latestSeq() == 6));

        assertThat(told()).extracting(UnreadChanged::readSeq).isSorted();
        assertThat(told()).extracting(UnreadChanged::latestSeq).isSorted();
    }
}
