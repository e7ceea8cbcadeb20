package io.roomcast.chat.internal.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptQuery;
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
    private final Store store = new Store();
    private final StepExecutor executor = new StepExecutor();
    private final ConversationLanes lanes = new ConversationLanes(new WorkerPool(executor), 10, 10, id -> {});
    private final ReceiptWriteBuffer buffer =
            new ReceiptWriteBuffer(store, lanes, new SafeScheduler(time.scheduler()), new InFlight());

    /** Records the receipts of each call. Can be unavailable. */
    private static final class Store implements ReceiptStore {
        private final List<Collection<Receipt>> calls = new ArrayList<>();
        private boolean isUnavailable;
        private Runnable hook = () -> {};

        @Override
        public void mark(Collection<Receipt> receipts) {
            if (isUnavailable) {
                throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
            }
            calls.add(List.copyOf(receipts));
            hook.run();
        }

        @Override
        public List<Receipt> receipts(ReceiptQuery query) {
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
    void highest_receipt_of_each_user_is_written_in_one_call() {
        buffer.add(read("ann", 2));
        buffer.add(read("ann", 3));
        buffer.add(read("ann", 1));
        buffer.add(read("bob", 1));
        pass(ReceiptWriteBuffer.DELAY);
        assertThat(store.calls).containsExactly(List.of(read("ann", 3), read("bob", 1)));
        assertThat(buffer.size()).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void timer_does_not_write_itself() {
        buffer.add(read("ann", 1));
        time.advance(ReceiptWriteBuffer.DELAY);
        assertThat(store.calls).isEmpty();
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void receipt_that_increases_during_a_write_stays() {
        store.hook = () -> {
            store.hook = () -> {};
            buffer.add(read("ann", 2));
        };
        buffer.add(read("ann", 1));
        pass(ReceiptWriteBuffer.DELAY);
        assertThat(buffer.of(Set.of("room"))).containsExactly(read("ann", 2));
        pass(ReceiptWriteBuffer.DELAY);
        assertThat(store.calls).containsExactly(List.of(read("ann", 1)), List.of(read("ann", 2)));
    }

    @Test
    void unavailable_store_is_tried_once_a_second() {
        store.isUnavailable = true;
        buffer.add(read("ann", 1));
        pass(ReceiptWriteBuffer.DELAY);
        store.isUnavailable = false;
        buffer.add(read("bob", 1));
        pass(ReceiptWriteBuffer.DELAY);
        assertThat(store.calls).isEmpty();
        pass(ReceiptWriteBuffer.RETRY_DELAY);
        assertThat(store.calls).hasSize(1);
        assertThat(buffer.size()).isZero();
    }

    @Test
    void busy_server_writes_later() {
        executor.reject(true);
        buffer.add(read("ann", 1));
        pass(ReceiptWriteBuffer.DELAY);
        executor.reject(false);
        pass(ReceiptWriteBuffer.RETRY_DELAY);
        assertThat(store.calls).hasSize(1);
    }

    @Test
    void receipts_are_bounded_and_waiting_ones_may_increase() {
        IntStream.range(0, ReceiptWriteBuffer.MAX_RECEIPTS).forEach(i -> buffer.add(read("user-" + i, 1)));
        assertThat(buffer.add(read("one-more", 1))).isFalse();
        assertThat(buffer.add(read("user-0", 2))).isTrue();
        assertThat(buffer.size()).isEqualTo(ReceiptWriteBuffer.MAX_RECEIPTS);
        buffer.close();
        assertThat(buffer.size()).isZero();
        assertThat(store.calls).allSatisfy(call -> assertThat(call).hasSizeLessThanOrEqualTo(5_000));
    }

    @Test
    void close_writes_waiting_receipts() {
        buffer.add(read("ann", 1));
        buffer.close();
        assertThat(store.calls).hasSize(1);
        assertThat(time.timers()).isZero();
        assertThat(buffer.add(read("ann", 2))).isFalse();
    }

    @Test
    void close_does_not_wait_for_an_unavailable_store() {
        store.isUnavailable = true;
        buffer.add(read("ann", 1));
        buffer.close();
        assertThat(buffer.size()).isZero();
    }
}
