package io.roomcast.chat.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.MovableClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the in-memory store does with much. */
class InMemorySizeTest {
    private static final int MANY = 200_000;

    private final MovableClock clock = new MovableClock();

    private static ChatStore filled(ChatStore store, int messages) {
        for (int i = 0; i < messages; i++) {
            store.append(List.of(Drafts.text("c", "alice", "hello")));
        }
        return store;
    }

    /** Returns the CPU time of the current thread, which does not depend on the load of the machine. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<Message> all(ChatStore store) {
        return store.history(new HistoryQuery("c", Anchor.AFTER, 0, 1_000_000));
    }

    @Test
    @Timeout(60)
    void trim_takes_time_in_proportion_to_the_messages() {
        Duration quarter = quickestTrim(MANY / 4);
        Duration whole = quickestTrim(MANY);

        // Four times as many take four times as long; where the time grows with the square, sixteen times.
        assertThat(whole).isLessThan(quarter.multipliedBy(10).plusMillis(20));
    }

    private static Duration quickestTrim(int messages) {
        return IntStream.range(0, 4)
                .mapToObj(i -> trim(filled(ChatStore.inMemory(), messages), messages))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Duration trim(ChatStore store, int messages) {
        long began = cpuNanos();
        store.trim("c", messages - 1);
        Duration trimmed = Duration.ofNanos(cpuNanos() - began);
        assertThat(all(store)).hasSize(1);
        assertThat(store.position("c").seq()).isEqualTo(messages);
        return trimmed;
    }

    @Test
    @Timeout(60)
    void list_takes_time_in_proportion_to_the_users_own_conversations() {
        ChatStore store = ChatStore.inMemory();
        for (int i = 0; i < MANY; i++) {
            store.create(
                    NewConversation.group("g" + i, "Group", List.of(i % 20_000 == 0 ? "alice" : "bob" + i, "x" + i)));
        }
        ConversationQuery query = new ConversationQuery("alice", null, 50);
        assertThat(store.conversations(query)).hasSize(10);
        long began = cpuNanos();
        for (int i = 0; i < 100; i++) {
            store.conversations(query);
        }

        // A look at each conversation of the store took 24 s.
        assertThat(Duration.ofNanos(cpuNanos() - began)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void list_follows_memberships() {
        ChatStore store = ChatStore.inMemory();
        store.create(NewConversation.group("g", "Group", List.of("alice")));
        store.addMembers("g", Set.of("bob"));
        assertThat(idsOf(store, "bob")).containsExactly("g");
        store.removeMember("g", "bob");
        assertThat(idsOf(store, "bob")).isEmpty();
        store.eraseUser("alice");
        assertThat(idsOf(store, "alice")).isEmpty();
    }

    private static List<String> idsOf(ChatStore store, String userId) {
        return store.conversations(new ConversationQuery(userId, null, 10)).stream()
                .map(Conversation::conversationId)
                .toList();
    }

    @Test
    void only_the_newest_messages_are_kept_by_number() {
        ChatStore store = filled(ChatStore.inMemory(clock, InMemoryLimits.ofMessages(100)), 250);

        assertThat(all(store))
                .extracting(Message::seq)
                .startsWith(151L)
                .endsWith(250L)
                .hasSize(100);
        assertThat(store.position("c")).isEqualTo(new Position(250, 0));
        assertThat(filled(store, 1).position("c").seq()).isEqualTo(251);
    }

    @Test
    void only_young_messages_are_kept_by_age() {
        ChatStore store = ChatStore.inMemory(clock, InMemoryLimits.ofAge(Duration.ofHours(1)));
        store.append(List.of(at("old")));
        clock.advance(Duration.ofMinutes(40));
        store.append(List.of(at("young")));
        clock.advance(Duration.ofMinutes(30));

        assertThat(all(store)).extracting(message -> message.body().content()).containsExactly("young");
    }

    private MessageDraft at(String content) {
        return Drafts.dated("c", "alice", content, clock.instant());
    }

    @Test
    void changes_are_bounded_and_a_client_further_behind_must_synchronize() {
        ChatStore store = filled(ChatStore.inMemory(), 1);
        Message message = all(store).get(0);
        for (int i = 0; i < InMemoryLog.KEPT_CHANGES; i++) {
            store.change(i % 2 == 0 ? Changes.react(message, "bob", "x") : Changes.unreact(message, "bob", "x"));
        }
        assertThat(caughtUp(store, 0).lost()).isFalse();
        store.change(Changes.react(message, "carol", "x"));

        assertThat(caughtUp(store, 0).lost()).isTrue();
        assertThat(caughtUp(store, 1).lost()).isFalse();
        assertThat(store.position("c").version()).isEqualTo(InMemoryLog.KEPT_CHANGES + 1L);
    }

    private static CatchUp caughtUp(ChatStore store, long version) {
        return store.catchUp(List.of(new CatchUpQuery("c", new Position(1, version), 100_000)))
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({"0, PT1H", "-1, PT1H", "5, PT0S", "5, PT-1S"})
    void limits_keep_something(int messages, Duration age) {
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryLimits(messages, age));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void ring_is_a_list(long seed) {
        Random random = new Random(seed);
        RingList<Integer> ring = new RingList<>();
        List<Integer> list = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            boolean isGrowing = i % 6_000 < 3_000;
            if (list.isEmpty() || random.nextInt(10) < (isGrowing ? 7 : 3)) {
                ring.add(i);
                list.add(i);
            } else if (random.nextInt(4) == 0) {
                int index = random.nextInt(list.size());
                ring.set(index, -i);
                list.set(index, -i);
            } else {
                assertThat(ring.removeFirst()).isEqualTo(list.remove(0));
            }
            if (i % 500 == 0) {
                assertThat(ring.copy(0, ring.size())).isEqualTo(list);
            }
        }
        assertThat(IntStream.range(0, ring.size()).mapToObj(ring::get).toList()).isEqualTo(list);
    }
}
