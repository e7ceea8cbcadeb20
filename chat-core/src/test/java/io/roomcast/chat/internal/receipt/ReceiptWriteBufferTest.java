package io.roomcast.chat.internal.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.port.SafeScheduler;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.ReceiptStore;
import io.roomcast.chat.testkit.StepExecutor;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiptWriteBufferTest {
    private final VirtualTime time = new VirtualTime();
    private final Shelf shelf = new Shelf();
    private final StepExecutor executor = new StepExecutor();
    private final ConversationLanes lanes = new ConversationLanes(new WorkerPool(executor), 10, 10, id -> {});
    private final ReceiptWriteBuffer marks =
            new ReceiptWriteBuffer(shelf, lanes, new SafeScheduler(time.scheduler()), new InFlight());

    /** Keeps each call apart, and is away on demand. */
    private static final class Shelf implements ReceiptStore {
        private final List<Collection<Receipt>> calls = new ArrayList<>();
        private boolean away;
        private Runnable meanwhile = () -> {};

        @Override
        public void mark(Collection<Receipt> receipts) {
            if (away) {
                throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
            }
            calls.add(List.copyOf(receipts));
            meanwhile.run();
        }

        @Override
        public List<Receipt> receipts(String conversationId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Receipt> receiptsOf(String userId, Collection<String> conversationIds) {
            throw new UnsupportedOperationException();
        }
    }

    private static Receipt read(String userId, long seq) {
        return Receipt.read("room", userId, seq, Instant.EPOCH);
    }

    private void pass(Duration duration) {
        time.advance(duration);
        executor.runAll();
    }

    @Test
    void newest_of_each_user_is_stored_in_one_call() {
        marks.add(read("ann", 2));
        marks.add(read("ann", 3));
        marks.add(read("ann", 1));
        marks.add(read("bob", 1));
        pass(ReceiptWriteBuffer.DELAY);
        assertThat(shelf.calls).containsExactly(List.of(read("ann", 3), read("bob", 1)));
        assertThat(marks.size()).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void timer_does_not_store_by_itself() {
        marks.add(read("ann", 1));
        time.advance(ReceiptWriteBuffer.DELAY);
        assertThat(shelf.calls).isEmpty();
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void mark_that_goes_further_meanwhile_stays() {
        shelf.meanwhile = () -> {
            shelf.meanwhile = () -> {};
            marks.add(read("ann", 2));
        };
        marks.add(read("ann", 1));
        pass(ReceiptWriteBuffer.DELAY);
        assertThat(marks.of(Set.of("room"))).containsExactly(read("ann", 2));
        pass(ReceiptWriteBuffer.DELAY);
        assertThat(shelf.calls).containsExactly(List.of(read("ann", 1)), List.of(read("ann", 2)));
    }

    @Test
    void store_that_is_away_is_tried_once_a_second() {
        shelf.away = true;
        marks.add(read("ann", 1));
        pass(ReceiptWriteBuffer.DELAY);
        shelf.away = false;
        marks.add(read("bob", 1));
        pass(ReceiptWriteBuffer.DELAY);
        assertThat(shelf.calls).isEmpty();
        pass(ReceiptWriteBuffer.RETRY_DELAY);
        assertThat(shelf.calls).hasSize(1);
        assertThat(marks.size()).isZero();
    }

    @Test
    void busy_server_stores_later() {
        executor.reject(true);
        marks.add(read("ann", 1));
        pass(ReceiptWriteBuffer.DELAY);
        executor.reject(false);
        pass(ReceiptWriteBuffer.RETRY_DELAY);
        assertThat(shelf.calls).hasSize(1);
    }

    @Test
    void marks_are_bounded_and_known_ones_go_on() {
        IntStream.range(0, ReceiptWriteBuffer.MAX_RECEIPTS).forEach(i -> marks.add(read("user-" + i, 1)));
        assertThat(marks.add(read("one-more", 1))).isFalse();
        assertThat(marks.add(read("user-0", 2))).isTrue();
        assertThat(marks.size()).isEqualTo(ReceiptWriteBuffer.MAX_RECEIPTS);
        marks.close();
        assertThat(marks.size()).isZero();
        assertThat(shelf.calls).allSatisfy(call -> assertThat(call).hasSizeLessThanOrEqualTo(5_000));
    }

    @Test
    void close_stores_what_waits_and_leaves_nothing() {
        marks.add(read("ann", 1));
        marks.close();
        assertThat(shelf.calls).hasSize(1);
        assertThat(time.timers()).isZero();
        assertThat(marks.add(read("ann", 2))).isFalse();
    }

    @Test
    void close_does_not_wait_for_a_store_that_is_away() {
        shelf.away = true;
        marks.add(read("ann", 1));
        marks.close();
        assertThat(marks.size()).isZero();
    }
}
