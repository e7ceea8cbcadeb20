package io.roomcast.chat.spi;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In every interleaving, dropping full buckets gives no caller a token. */
@Tag("interleavings")
@Param(name = "key", gen = IntGen.class, conf = "0:2")
public class KeyedTokenBucketsInterleavingsTest {
    private static final long SECOND = 1_000_000_000L;

    private volatile long now;

    private final KeyedTokenBuckets<Integer> buckets = new KeyedTokenBuckets<>(1, 1, () -> now, 1);

    /** The framework makes one for each run. */
    public KeyedTokenBucketsInterleavingsTest() {}

    @Operation
    public long take(@Param(name = "key") int key) {
        return buckets.take(key);
    }

    @Operation
    public void rest() {
        now = SECOND;
    }

    @Test
    void takes_are_as_one_after_the_other() {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(100)
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(3)
                .check(getClass());
    }
}
