package io.roomcast.chat.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.spi.ChatMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrameCountsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> warnings = new ArrayList<>();
    private final FrameCounts counts = new FrameCounts(ChatMetrics.none(), nanos::get, warnings::add);

    @Test
    void dropped_frames_are_logged_once_a_minute() {
        for (int second = 0; second < 150; second++) {
            counts.countDropped(second % 2 == 0 ? DropReason.INVALID_SIGNATURE : DropReason.MALFORMED);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        assertThat(warnings).hasSize(3);
        assertThat(warnings.get(1))
                .isEqualTo(
                        "frames of the cluster were dropped: 30 invalid_signature, 30 malformed; check that all nodes"
                                + " use one database, or give each cluster another prefix");
        assertThat(counts.dropped(DropReason.INVALID_SIGNATURE)).isEqualTo(75);
    }
}
