package io.roomcast.chat.internal.receipt;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.spi.ReceiptStore;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks the write-behind buffer under all orders of two threads, also while the store is unavailable: the highest receipt
 * is stored in the end, and nothing is left.
 */
@Tag("interleavings")
@Param(name = "seq", gen = IntGen.class, conf = "1:3")
public class ReceiptWriteBufferInterleavingsTest {
    private final VirtualTime time = new VirtualTime();
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger writing = new AtomicInteger();
    private volatile boolean overlapped;
    private final ReceiptWriteBuffer buffer = new ReceiptWriteBuffer(
            new Store(),
            new ConversationLanes(new WorkerPool(Runnable::run), 10, 10, conversationId -> {}),
            new SafeScheduler(time.scheduler()),
            new InFlight());

    private final class Store implements ReceiptStore {
        @Override
        public void mark(Collection<Receipt> receipts) {
            if (writing.incrementAndGet() > 1) {
                overlapped = true;
            }
            try {
                if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
                }
                receipts.forEach(receipt -> stored.accumulateAndGet((int) receipt.upToSeq(), Math::max));
            } finally {
                writing.decrementAndGet();
            }
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

    @Operation
    public boolean add(@Param(name = "seq") int seq) {
        added.accumulateAndGet(seq, Math::max);
        return buffer.add(Receipt.read("room", "ann", seq, Instant.EPOCH));
    }

    @Operation
    public void passTime() {
        time.advance(ReceiptWriteBuffer.DELAY);
    }

    @Operation(runOnce = true)
    public void failNextWrite() {
        failures.incrementAndGet();
    }

    @Validate
    public void validate() {
        time.advance(Duration.ofSeconds(5));
        check(!overlapped, "two writes overlap");
        check(stored.get() == added.get(), "stored " + stored.get() + " of " + added.get());
        check(buffer.size() == 0, "a receipt is left in the buffer");
        check(time.timers() == 0, "a timer is left");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Test
    void highest_receipt_is_stored_in_the_end() {
        new ModelCheckingOptions()
                .iterations(8)
                .invocationsPerIteration(60)
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(3)
                .check(getClass());
    }
}
