package io.roomcast.chat.internal.port;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatMetrics;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Passes events to the broadcaster, and counts stored messages and broadcasts; safe for use by any thread. */
public final class MeteredBroadcaster implements Broadcaster {
    private final LongAdder persisted = new LongAdder();
    private final LongAdder broadcasts = new LongAdder();
    private final HostPort port = new HostPort("broadcaster");
    private final Broadcaster broadcaster;
    private final ChatMetrics metrics;

    /** Creates a broadcaster that has counted nothing. */
    public MeteredBroadcaster(Broadcaster broadcaster, ChatMetrics metrics) {
        this.broadcaster = broadcaster;
        this.metrics = metrics;
    }

    @Override
    public void broadcast(ChatEvent event, List<Session> recipients) {
        broadcasts.increment();
        metrics.onBroadcast(recipients.size());
        port.run(() -> broadcaster.broadcast(event, recipients));
    }

    /** Counts a stored message. */
    public void recordPersisted() {
        persisted.increment();
        metrics.onPersisted();
    }

    /** Returns the number of messages stored since the start. */
    public long persisted() {
        return persisted.sum();
    }

    /** Returns the number of events broadcast since the start; an event for several sessions counts once. */
    public long broadcasts() {
        return broadcasts.sum();
    }
}
