package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The one gap-free order of each conversation, with one node. */
abstract class SequenceContract extends StoreCase {
    SequenceContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void seqs_of_a_conversation_are_dense() {
        IntStream.range(0, 10).forEach(i -> stored(Drafts.text("c", "alice", "hello")));

        assertThat(seqs(allOf("c"))).isEqualTo(oneTo(10));
    }

    @Test
    void seqs_of_a_batch_are_dense() {
        assertThat(seqs(fill("c", 10))).isEqualTo(oneTo(10));
    }

    @Test
    void conversations_count_independently() {
        fill("a", 3);

        assertThat(seqs(fill("b", 2))).isEqualTo(oneTo(2));
        assertThat(seqs(fill("a", 2))).containsExactly(4L, 5L);
    }

    @Test
    void several_conversations_have_their_latest_seqs() {
        fill("a", 3);
        changed(Changes.edit(fill("b", 1).get(0), "alice", "other"));
        store.create(NewConversation.group("silent", "Group", List.of("alice")));

        assertThat(store.positions(Set.of("a", "b", "silent", "unknown")))
                .isEqualTo(Map.of(
                        "a",
                        new Position(3, 0),
                        "b",
                        new Position(1, 1),
                        "silent",
                        Position.START,
                        "unknown",
                        Position.START));
        assertThat(store.positions(Set.of())).isEmpty();
    }

    @Test
    void messages_of_one_sender_keep_their_order() {
        List<Message> appended = fill("c", 50);

        assertThat(allOf("c")).isEqualTo(appended);
    }

    @Test
    void conversations_written_by_several_threads_stay_dense() {
        try (Workers workers = new Workers(4)) {
            List<Future<?>> writers = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(i -> workers.submit(() -> appendOneByOne("c" + i, 25)))
                    .toList();
            writers.forEach(Workers::result);
        }

        assertThat(List.of("c0", "c1", "c2", "c3"))
                .allSatisfy(id -> assertThat(seqs(allOf(id))).isEqualTo(oneTo(25)));
    }

    @Test
    void conversation_written_by_several_threads_stays_dense() {
        try (Workers workers = new Workers(4)) {
            List<Future<?>> writers = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(i -> workers.submit(() -> appendOneByOne("c", 25)))
                    .toList();
            writers.forEach(Workers::result);
        }

        assertThat(seqs(allOf("c"))).isEqualTo(oneTo(100));
    }

    @Test
    void reader_that_follows_the_log_misses_nothing() {
        Follower follower = new Follower(store, "c");
        try (Workers workers = new Workers(4)) {
            IntStream.range(0, 4).forEach(i -> workers.submit(() -> appendOneByOne("c", 25)));
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> follower.read() == 100);
        }

        assertThat(seqs(follower.seen())).isEqualTo(oneTo(100));
    }

    private void appendOneByOne(String conversationId, int count) {
        Drafts.texts(conversationId, "alice", count).forEach(this::stored);
    }

    @Test
    void burst_over_many_conversations_is_stored() {
        List<MessageDraft> burst = IntStream.range(0, 200)
                .mapToObj(i -> Drafts.text("c" + i, "alice", "hello"))
                .toList();

        assertThat(store.append(burst)).map(StoreCase::storedIn).allMatch(message -> message.seq() == 1);
    }

    @Test
    void burst_in_one_conversation_is_stored() {
        assertThat(seqs(fill("c", 500))).isEqualTo(oneTo(500));
        assertThat(seqs(allOf("c"))).isEqualTo(oneTo(500));
    }
}
