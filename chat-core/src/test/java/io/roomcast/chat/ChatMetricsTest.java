package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.spi.ChatMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatMetricsTest {
    private final FailingStore store = new FailingStore();
    private final Written metrics = new Written();
    private final ChatFixture fixture =
            ChatFixture.with(parts -> parts.store(store).metrics(metrics));

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Records all calls. */
    private static final class Written implements ChatMetrics {
        private final List<Integer> broadcasts = new ArrayList<>();
        private final List<String> calls = new ArrayList<>();
        private int persisted;
        private Supplier<ChatStats> stats;

        @Override
        public void onStart(Supplier<ChatStats> stats) {
            this.stats = stats;
        }

        @Override
        public void onPersisted() {
            persisted++;
        }

        @Override
        public void onStoreCall(String operation, Duration took, @Nullable ErrorCode failure) {
            calls.add(operation + " " + failure);
        }

        @Override
        public void onBroadcast(int recipients) {
            broadcasts.add(recipients);
        }
    }

    private static SendMessage keyed(String key) {
        return SendMessage.of("room", null, MessageType.TEXT, "hello", null, key);
    }

    @Test
    void message_counts_once_however_often_it_is_repeated() {
        TestSession ann = fixture.userIn("room", "ann");

        fixture.run(ann, keyed("key")).result();
        fixture.run(ann, keyed("key")).result();
        fixture.run(ann, keyed("other")).result();

        assertThat(metrics.persisted).isEqualTo(2);
        assertThat(fixture.chat().stats().persisted()).isEqualTo(2);
    }

    @Test
    void broadcast_counts_once_with_all_its_recipients() {
        TestSession ann = fixture.userIn("room", "ann");
        fixture.userIn("room", "bob");
        fixture.userIn("room", "cid");
        long before = fixture.chat().stats().broadcasts();
        metrics.broadcasts.clear();

        fixture.send(ann, "room", "hello").result();

        assertThat(metrics.broadcasts).containsExactly(3);
        assertThat(fixture.chat().stats().broadcasts()).isEqualTo(before + 1);
    }

    @Test
    void store_calls_are_counted_by_operation_and_outcome() {
        TestSession ann = fixture.userIn("room", "ann");
        metrics.calls.clear();

        fixture.send(ann, "room", "hello").result();
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        fixture.send(ann, "room", "hello");
        fixture.latest(ann, "room");
        store.failWith(() -> new IllegalStateException("broken"));
        fixture.latest(ann, "room");

        assertThat(metrics.calls)
                .contains(
                        "append null",
                        "append STORAGE_UNAVAILABLE",
                        "history STORAGE_UNAVAILABLE",
                        "history INTERNAL_ERROR");
    }

    @Test
    void what_the_host_asks_of_the_store_is_timed_as_well() {
        metrics.calls.clear();

        fixture.chat().conversation("room");

        assertThat(metrics.calls).containsExactly("conversation null");
    }

    @Test
    void stats_count_current_sessions() {
        TestSession phone = fixture.userIn("room", "ann");
        fixture.user("ann");
        fixture.run(fixture.anonymous(), JoinRoom.of("other")).result();

        ChatStats there = metrics.stats.get();
        fixture.engine().close(phone);

        assertThat(there)
                .extracting(ChatStats::sessions, ChatStats::users, ChatStats::rooms)
                .containsExactly(3, 1, 2);
        ChatStats left = metrics.stats.get();
        assertThat(left)
                .extracting(ChatStats::sessions, ChatStats::users, ChatStats::rooms)
                .containsExactly(2, 1, 1);
    }

    @Test
    void stats_count_what_waits() {
        List<Runnable> tasks = new ArrayList<>();
        try (ChatFixture busy = ChatFixture.with(parts -> parts.executor(tasks::add))) {
            TestSession ann = busy.user("ann");
            busy.send(ann, "room", "hello");
            busy.send(ann, "other", "hello");

            assertThat(busy.chat().stats().queued()).isEqualTo(2);
        }
    }
}
