package io.roomcast.chat.internal.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.port.SafeScheduler;
import io.roomcast.chat.model.Receipt;
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
    private final ChatStore kept = ChatStore.inMemory(time.clock());
    private final Shelf shelf = new Shelf();
    private final ConversationLanes lanes = new ConversationLanes(new WorkerPool(executor), 10, 10, id -> {});
    private final ReceiptWriteBuffer marks =
            new ReceiptWriteBuffer(shelf, lanes, new SafeScheduler(time.scheduler()), new InFlight());
    private final ReceiptTracker tracker = new ReceiptTracker(shelf, marks, time.clock());

    /** Lets something happen between its look at the receipts and its answer. */
    private final class Shelf implements ReceiptStore {
        private Runnable meanwhile = () -> {};

        @Override
        public void mark(Collection<Receipt> receipts) {
            kept.mark(receipts);
        }

        @Override
        public List<Receipt> receipts(String conversationId) {
            List<Receipt> found = kept.receipts(conversationId);
            meanwhile.run();
            return found;
        }

        @Override
        public List<Receipt> receiptsOf(String userId, Collection<String> conversationIds) {
            return kept.receiptsOf(userId, conversationIds);
        }
    }

    @Test
    void receipt_that_is_stored_while_the_store_is_asked_is_not_left_out() {
        Receipt read = Receipt.read("room", "bob", 1, Instant.EPOCH);
        tracker.record(read);
        time.advance(ReceiptWriteBuffer.DELAY);
        shelf.meanwhile = executor::runAll;

        assertThat(tracker.receipts("room")).contains(read);
        assertThat(marks.size()).isZero();
    }
}
