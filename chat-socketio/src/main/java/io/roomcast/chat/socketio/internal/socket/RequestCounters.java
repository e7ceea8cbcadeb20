package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.ChatMetrics;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts requests and their outcomes, over sockets and HTTP. Safe for use by any thread; never blocks. */
public final class RequestCounters {
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder slowClients = new LongAdder();
    private final ChatMetrics metrics;

    /** Creates counters that also report to the metrics. */
    public RequestCounters(ChatMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Counts an answered request.
     *
     * @param event the name of the event, or {@link ChatMetrics#UNKNOWN_EVENT}
     * @param refusal the code of the refusal, or null for a success
     */
    public void answered(String event, @Nullable ErrorCode refusal) {
        answered.increment();
        if (refusal != null) {
            refused.increment();
        }
        metrics.onAnswer(event, refusal);
    }

    /** Counts a client that was too slow, so that packets to it were dropped. */
    void slowClient() {
        slowClients.increment();
        metrics.onSlowClient();
    }

    /** Returns the number of answered requests, refused ones included. */
    public long events() {
        return answered.sum();
    }

    /** Returns the number of refused requests. */
    public long refusals() {
        return refused.sum();
    }

    /** Returns how often packets to a slow client were dropped. */
    public long slowClients() {
        return slowClients.sum();
    }
}
