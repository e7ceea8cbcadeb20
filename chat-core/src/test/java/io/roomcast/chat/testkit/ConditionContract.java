package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How messages are stored only as the very next one. */
abstract class ConditionContract extends StoreCase {
    private static final int RIVALS = 50;

    ConditionContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    private static MessageDraft after(long seq) {
        return Drafts.text("c", "alice", "after " + seq).ifLatest(seq);
    }

    private static void assertRefused(AppendResult result, long latestSeq) {
        assertThat(result).isInstanceOfSatisfying(AppendResult.Failed.class, failed -> {
            assertThat(failed.cause().code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(failed.cause().latestSeq()).contains(latestSeq);
        });
    }

    @Test
    void first_message_follows_none() {
        assertThat(stored(after(0)).seq()).isEqualTo(1);
        assertRefused(append(after(0)), 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 4, 5, 1_000_000})
    void message_that_is_not_the_next_one_is_refused(long seq) {
        fill("c", 3);

        assertRefused(append(after(seq)), 3);
        assertThat(stored(after(3)).seq()).isEqualTo(4);
        assertThat(seqs(allOf("c"))).isEqualTo(oneTo(4));
    }

    @Test
    void repetition_returns_the_stored_message() {
        fill("c", 3);
        MessageDraft draft = after(3);
        Message message = stored(draft);
        fill("c", 2);

        assertThat(duplicateIn(append(draft))).isEqualTo(message);
        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", draft.clientMessageId(), "again")
                        .ifLatest(77))))
                .isEqualTo(message);
    }

    @Test
    void refused_message_may_be_repeated_with_another_condition() {
        fill("c", 3);
        assertRefused(append(Drafts.keyed("c", "alice", "k", "x").ifLatest(2)), 3);

        assertThat(stored(Drafts.keyed("c", "alice", "k", "x").ifLatest(3)).seq())
                .isEqualTo(4);
    }

    @Test
    void batch_may_fulfil_the_conditions_of_its_own_messages() {
        List<AppendResult> results = store.append(List.of(
                after(0),
                after(0),
                Drafts.text("c", "bob", "any"),
                after(2),
                after(2),
                Drafts.text("d", "bob", "any")));

        assertThat(storedIn(results.get(0)).seq()).isEqualTo(1);
        assertThat(results.get(1)).isInstanceOf(AppendResult.Failed.class);
        assertThat(storedIn(results.get(2)).seq()).isEqualTo(2);
        assertThat(storedIn(results.get(3)).seq()).isEqualTo(3);
        assertThat(results.get(4)).isInstanceOf(AppendResult.Failed.class);
        assertThat(storedIn(results.get(5)).seq()).isEqualTo(1);
        assertThat(seqs(allOf("c"))).isEqualTo(oneTo(3));
    }

    @Test
    void one_of_many_in_a_batch_is_stored() {
        fill("c", 7);
        List<AppendResult> results =
                store.append(IntStream.range(0, RIVALS).mapToObj(i -> after(7)).toList());

        assertThat(storedIn(results.get(0)).seq()).isEqualTo(8);
        results.subList(1, RIVALS).forEach(result -> assertRefused(result, 8));
    }

    @Test
    void node_that_has_not_seen_the_newest_messages_decides_by_the_store() {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        fill("c", 3);
        storedIn(other.append(List.of(Drafts.text("c", "bob", "fourth"))).get(0));
        fill("c", 3);

        assertRefused(other.append(List.of(after(4))).get(0), 7);
        fill("c", 1);
        assertThat(storedIn(other.append(List.of(after(8))).get(0)).seq()).isEqualTo(9);
        assertRefused(append(after(8)), 9);
    }

    @Test
    void one_of_many_at_once_is_stored() {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        for (int round = 0; round < 3; round++) {
            long latest = store.position("c").seq();
            List<AppendResult> results = race(latest, other);

            assertThat(results)
                    .filteredOn(AppendResult.Stored.class::isInstance)
                    .hasSize(1);
            assertThat(results)
                    .filteredOn(AppendResult.Failed.class::isInstance)
                    .hasSize(RIVALS - 1);
            assertThat(store.position("c").seq()).isEqualTo(latest + 1);
        }
    }

    private List<AppendResult> race(long latest, ChatStore other) {
        CyclicBarrier start = new CyclicBarrier(RIVALS);
        try (Workers workers = new Workers(RIVALS)) {
            List<Future<AppendResult>> rivals = IntStream.range(0, RIVALS)
                    .mapToObj(i -> workers.call(() -> {
                        start.await();
                        return (i % 2 == 0 ? store : other)
                                .append(List.of(after(latest)))
                                .get(0);
                    }))
                    .toList();
            return rivals.stream().map(Workers::result).toList();
        }
    }
}
