package io.roomcast.chat.internal;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatMetrics;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is stored and told, on the way to the broadcaster; safe for use by any thread. */
final class Tally implements Broadcaster {
    private final LongAdder persisted = new LongAdder();
    private final LongAdder broadcasts = new LongAdder();
    private final HostPort port = new HostPort("broadcaster");
    private final Broadcaster broadcaster;
    private final ChatMetrics metrics;

    Tally(Broadcaster broadcaster, ChatMetrics metrics) {
        this.broadcaster = broadcaster;
        this.metrics = metrics;
    }

    @Override
    public void broadcast(ChatEvent event, List<Session> recipients) {
        broadcasts.increment();
        metrics.onBroadcast(recipients.size());
        port.run(() -> broadcaster.broadcast(event, recipients));
    }

    /** A message is stored. */
    void persist() {
        persisted.increment();
        metrics.onPersisted();
    }

    long persisted() {
        return persisted.sum();
    }

    long broadcasts() {
        return broadcasts.sum();
    }
}
