package io.roomcast.chat.spi;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However threads take turns, a bucket gives as many tokens as it would one after the other. */
@Tag("interleavings")
@Param(name = "now", gen = IntGen.class, conf = "0:3")
public class TokenBucketInterleavingsTest {
    private static final long INTERVAL = 2;
    private static final long TOLERANCE = 4;

    private final TokenBucket bucket = new TokenBucket(0);

    /** The framework makes one for each run. */
    public TokenBucketInterleavingsTest() {}

    @Operation
    public long take(@Param(name = "now") int now) {
        return bucket.take(now, INTERVAL, TOLERANCE);
    }

    @Operation
    public boolean isFull(@Param(name = "now") int now) {
        return bucket.isFull(now);
    }

    @Test
    void takes_are_as_one_after_the_other() {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(100)
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(3)
                .actorsPerThread(2)
                .check(getClass());
    }
}
