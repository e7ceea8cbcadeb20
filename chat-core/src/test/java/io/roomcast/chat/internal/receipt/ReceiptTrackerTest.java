package io.roomcast.chat.internal.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.attention.TestAttention;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ReceiptStore;
import io.roomcast.chat.testkit.StepExecutor;
import io.roomcast.chat.time.VirtualTime;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptTrackerTest {
    private final VirtualTime time = new VirtualTime();
    private final StepExecutor executor = new StepExecutor();
    private final ChatStore stored = ChatStore.inMemory(time.clock());
    private final Store store = new Store();
    private final ConversationLanes lanes = new ConversationLanes(new WorkerPool(executor), 10, 10, id -> {});
    private final ReceiptWriteBuffer buffer =
            new ReceiptWriteBuffer(store, lanes, new SafeScheduler(time.scheduler()), new InFlight());
    private final ReceiptTracker tracker =
            new ReceiptTracker(store, buffer, TestAttention.settings(stored, lanes, time), time.clock());

    /** Runs a hook between reading the receipts and returning them. */
    private final class Store implements ReceiptStore {
        private Runnable hook = () -> {};

        @Override
        public void mark(Collection<Receipt> receipts) {
            stored.mark(receipts);
        }

        @Override
        public List<Receipt> receipts(ReceiptQuery query) {
            List<Receipt> found = stored.receipts(query);
            hook.run();
            return found;
        }

        @Override
        public List<Receipt> receiptsOf(String userId, Collection<String> conversationIds) {
            return stored.receiptsOf(userId, conversationIds);
        }
    }

    @Test
    void receipt_that_is_written_during_a_read_is_not_missed() {
        Receipt read = Receipt.read("room", "bob", 1, Instant.EPOCH);
        tracker.record(read);
        time.advance(ReceiptWriteBuffer.DELAY);
        store.hook = executor::runAll;

        assertThat(tracker.page(ReceiptQuery.first("room", 10)).receipts()).contains(read);
        assertThat(buffer.size()).isZero();
    }
}
