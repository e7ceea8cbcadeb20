package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.HeldStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.spi.ChatFollower;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts follow a chat. */
@Timeout(60)
class FollowTest {
    private static final ChatFollower NONE = (conversationId, events) -> {};

    private final List<ChatEvent> events = new CopyOnWriteArrayList<>();
    private final ChatFollower recording = (conversationId, more) -> events.addAll(more);

    /** Lets virtual time pass until the condition holds, while real threads work. */
    private static void passTimeUntil(ChatFixture fixture, Duration step, ThrowingCondition condition) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
            fixture.time().advance(step);
            return condition.holds();
        });
    }

    private interface ThrowingCondition {
        boolean holds() throws Exception;
    }

    @Test
    void messages_and_all_their_changes_are_passed() {
        try (ChatFixture fixture = ChatFixture.start()) {
            fixture.chat().follow("crm", recording);
            TestSession ann = fixture.userIn("room", "ann");
            Message sent = fixture.send(ann, "room", "hello").result().message();
            passTimeUntil(fixture, Duration.ofMillis(20), () -> events.size() == 1);
            List<Command<?>> changes = List.of(
                    EditMessage.of("room", sent.id(), "hi"),
                    new AddReaction("room", sent.id(), "+1"),
                    new DeleteMessage("room", sent.id()));
            for (int i = 0; i < changes.size(); i++) {
                int expected = 2 + i;
                fixture.run(ann, changes.get(i)).result();
                passTimeUntil(fixture, Duration.ofMillis(20), () -> events.size() == expected);
            }
            assertThat(events)
                    .extracting(ChatEvent::getClass)
                    .isEqualTo(
                            List.of(MessageSent.class, MessageEdited.class, MessageEdited.class, MessageDeleted.class));
            assertThat(events.get(0)).isEqualTo(new MessageSent(sent));
            assertThat(events.stream()
                            .skip(1)
                            .map(event -> ((MessageChanged) event).message().version()))
                    .containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void follower_that_hangs_delays_neither_the_chat_nor_other_conversations() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger interruptions = new AtomicInteger();
        ChatFollower hanging = (conversationId, more) -> {
            if (conversationId.equals("hangs") && interruptions.get() == 0) {
                try {
                    never.await();
                } catch (InterruptedException interrupted) {
                    interruptions.incrementAndGet();
                    throw interrupted;
                }
            }
            events.addAll(more);
        };
        try (ChatFixture fixture = ChatFixture.start()) {
            Follower follower = fixture.chat().follow("crm", hanging);
            TestSession ann = fixture.user("ann");
            fixture.send(ann, "hangs", "hello").result();
            fixture.send(ann, "works", "hello").result();
            passTimeUntil(fixture, Duration.ofMillis(20), () -> events.size() == 1);
            fixture.send(ann, "works", "hello").result();
            passTimeUntil(fixture, Duration.ofMillis(20), () -> events.size() == 2);
            assertThat(follower.lag()).isPositive();
            passTimeUntil(fixture, Duration.ofSeconds(1), () -> interruptions.get() == 1);
            passTimeUntil(fixture, Duration.ofMillis(500), () -> events.size() == 3);
            assertThat(conversationsOf(events)).containsExactly("works", "works", "hangs");
        }
    }

    @Test
    void closing_the_chat_interrupts_a_call_that_hangs_and_does_not_count_this_as_a_failure() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        AtomicInteger interruptions = new AtomicInteger();
        ChatStore store = ChatStore.inMemory();
        try (ChatEngine engine = ChatEngine.builder().store(store).build()) {
            engine.service().follow("crm", (conversationId, more) -> {
                called.countDown();
                try {
                    never.await();
                } catch (InterruptedException interrupted) {
                    interruptions.incrementAndGet();
                    throw interrupted;
                }
            });
            engine.service().send("room", NewMessage.text("ann", "hello")).join();
            await().until(() -> called.getCount() == 0);
        }
        await().untilAsserted(() -> assertThat(interruptions).hasValue(1));
        await().untilAsserted(() -> assertThat(store.followerStates("crm", List.of("room")))
                .hasSize(1)
                .allMatch(state -> state.owner() == null && state.attempts() == 0 && state.dueAt() != null));
    }

    /** After an outage the comparison of all activity takes longer than a lease. */
    @Test
    void lease_of_a_long_call_is_renewed_while_activity_is_compared() throws Exception {
        VirtualTime time = new VirtualTime();
        ChatStore store = ChatStore.inMemory(time.clock());
        HeldStore held = new HeldStore();
        HeldStore.Hold comparison = held.next("activeConversations");
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (ChatEngine engine = ChatEngine.builder()
                .store(held.around(store))
                .clock(time.clock())
                .scheduler(time.scheduler())
                .build()) {
            engine.service().follow("crm", (conversationId, more) -> {
                called.countDown();
                end.await();
            });
            time.advance(Duration.ofMillis(20));
            comparison.awaitReached();
            engine.service().send("room", NewMessage.text("ann", "hello")).join();
            await().until(() -> {
                time.advance(Duration.ofMillis(20));
                return called.getCount() == 0;
            });
            Instant afterLease = time.clock().instant().plusSeconds(30);
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                time.advance(Duration.ofSeconds(1));
                Instant now = time.clock().instant();
                return now.isAfter(afterLease) && isHeld(store, now);
            });
            comparison.release();
            end.countDown();
        }
    }

    private static boolean isHeld(ChatStore store, Instant time) {
        return store.followerStates("crm", List.of("room")).stream()
                .anyMatch(state -> state.dueAt() != null && state.dueAt().isAfter(time));
    }

    private static List<String> conversationsOf(List<ChatEvent> events) {
        return events.stream()
                .map(event -> ((MessageSent) event).message().conversationId())
                .toList();
    }

    @Test
    void slow_follower_receives_everything_in_order() {
        Map<String, Long> last = new ConcurrentHashMap<>();
        ChatFollower slow = (conversationId, more) -> {
            for (ChatEvent event : more) {
                long seq = ((MessageSent) event).message().seq();
                assertThat(seq).isEqualTo(last.getOrDefault(conversationId, 0L) + 1);
                last.put(conversationId, seq);
            }
            new CountDownLatch(1).await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
        };
        try (ChatEngine engine = ChatEngine.builder().build()) {
            Follower follower = engine.service().follow("crm", slow);
            for (int i = 0; i < 3_000; i++) {
                engine.service()
                        .send("c" + i % 3, NewMessage.text("ann", "text " + i))
                        .join();
            }
            await().untilAsserted(() -> assertThat(last.values()).hasSize(3).allMatch(seq -> seq == 1_000));
            await().untilAsserted(() -> assertThat(follower.lag()).isZero());
        }
    }

    @Test
    void nodes_of_a_cluster_handle_each_event_once() {
        ChatStore store = ChatStore.inMemory();
        try (BusNetwork network = new BusNetwork();
                ChatEngine one = ChatEngine.builder()
                        .store(store)
                        .cluster(network.newBus())
                        .build();
                ChatEngine two = ChatEngine.builder()
                        .store(store)
                        .cluster(network.newBus())
                        .build()) {
            one.service().follow("crm", recording);
            two.service().follow("crm", recording);
            for (int i = 0; i < 300; i++) {
                ChatService chat = (i % 2 == 0 ? one : two).service();
                chat.send("room", NewMessage.text("ann", "text " + i)).join();
            }
            await().untilAsserted(() -> assertThat(events).hasSize(300));
            assertThat(events.stream()
                            .map(event -> ((MessageSent) event).message().seq()))
                    .isEqualTo(IntStream.rangeClosed(1, 300)
                            .mapToObj(Long::valueOf)
                            .toList());
        }
    }

    @Test
    void closing_the_chat_writes_the_positions() {
        ChatStore store = ChatStore.inMemory();
        try (ChatEngine engine = ChatEngine.builder().store(store).build()) {
            engine.service().follow("crm", recording);
            engine.service().send("room", NewMessage.text("ann", "hello")).join();
            await().until(() -> events.size() == 1);
        }
        assertThat(store.followerStates("crm", List.of("room")))
                .hasSize(1)
                .allMatch(state -> state.position().seq() == 1 && state.dueAt() == null);
    }

    @Test
    void slow_follower_receives_nothing_of_an_erased_user_after_the_call_in_progress() {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ChatFollower oneByOne = new ChatFollower() {
            @Override
            public void onEvents(String conversationId, List<ChatEvent> more) throws Exception {
                events.addAll(more);
                called.countDown();
                end.await();
            }

            @Override
            public int maxEvents() {
                return 1;
            }
        };
        try (ChatEngine engine = ChatEngine.builder().build()) {
            ChatService chat = engine.service();
            chat.follow("crm", oneByOne);
            List.of("1", "2", "3")
                    .forEach(text ->
                            chat.send("room", NewMessage.text("bob", text)).join());
            await().until(() -> called.getCount() == 0);
            chat.send("room", NewMessage.text("bob", "4")).join();
            chat.eraseUser("bob").join();
            end.countDown();
            await().until(() -> events.size() == 4);
            assertThat(events.stream().skip(1).map(event -> ((MessageSent) event).message()))
                    .allMatch(
                            message -> message.isDeleted() && message.content().isEmpty())
                    .noneMatch(message -> message.senderId().equals("bob"));
        }
    }

    @Test
    void call_in_progress_during_a_pause_delays_nothing_after_it() {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ChatFollower slow = (conversationId, more) -> {
            if (conversationId.equals("slow")) {
                called.countDown();
                end.await();
            }
            events.addAll(more);
        };
        try (ChatEngine engine = ChatEngine.builder().build()) {
            Follower follower = engine.service().follow("crm", slow);
            engine.service().send("slow", NewMessage.text("ann", "1")).join();
            await().until(() -> called.getCount() == 0);
            follower.pause();
            follower.resume();
            engine.service().send("quick", NewMessage.text("ann", "1")).join();
            await().until(() -> events.size() == 1);
            end.countDown();
            await().until(() -> events.size() == 2);
            engine.service().send("slow", NewMessage.text("ann", "2")).join();
            await().until(() -> events.size() == 3);
            assertThat(conversationsOf(events)).containsExactly("quick", "slow", "slow");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0})
    void follower_without_events_in_a_call_is_refused(int maxEvents) {
        ChatFollower follower = new ChatFollower() {
            @Override
            public void onEvents(String conversationId, List<ChatEvent> more) {}

            @Override
            public int maxEvents() {
                return maxEvents;
            }
        };
        try (ChatEngine engine = ChatEngine.builder().build()) {
            assertThatThrownBy(() -> engine.service().follow("crm", follower))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxEvents: " + maxEvents + " (expected: >= 1)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a/b"})
    void invalid_name_is_refused(String name) {
        try (ChatEngine engine = ChatEngine.builder().build()) {
            assertThatThrownBy(() -> engine.service().follow(name, NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("name");
        }
    }

    @Test
    void name_has_one_follower_on_a_server() {
        try (ChatEngine engine = ChatEngine.builder().build()) {
            Follower follower = engine.service().follow("crm", NONE);
            assertThat(follower.name()).isEqualTo("crm");
            assertThat(follower.isPaused()).isFalse();
            assertThatThrownBy(() -> engine.service().follow("crm", NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("name: crm (expected: a name without a follower)");
        }
    }

    @Test
    void pausing_and_resuming() {
        try (ChatFixture fixture = ChatFixture.start()) {
            Follower follower = fixture.chat().follow("crm", recording);
            TestSession ann = fixture.user("ann");
            follower.pause();
            assertThat(follower.isPaused()).isTrue();
            Answer<?> sent = fixture.send(ann, "room", "hello");
            sent.result();
            fixture.time().advance(Duration.ofMinutes(5));
            assertThat(events).isEmpty();
            follower.resume();
            passTimeUntil(fixture, Duration.ofMillis(20), () -> events.size() == 1);
        }
    }
}
