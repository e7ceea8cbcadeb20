package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.ChatMetrics;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what clients ask and how they are answered; safe for use by any thread. */
public final class RequestCounters {
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final ChatMetrics metrics;

    /** Tells the given metrics of all that it counts. */
    public RequestCounters(ChatMetrics metrics) {
        this.metrics = metrics;
    }

    /** An event of a known name was answered; null for a success. */
    public void answered(String event, @Nullable ErrorCode refusal) {
        answered.increment();
        if (refusal != null) {
            refused.increment();
        }
        metrics.onAnswer(event, refusal);
    }

    /** A client was told that it was too slow for something. */
    void slowed() {
        slow.increment();
        metrics.onSlowClient();
    }

    /** How many events were answered, refused ones too. */
    public long events() {
        return answered.sum();
    }

    /** How many events were refused. */
    public long refusals() {
        return refused.sum();
    }

    /** How often clients were told that they were too slow. */
    public long slowClients() {
        return slow.sum();
    }
}
