package io.roomcast.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends a fixed number of messages per second, evenly distributed over the senders, whether or not they arrive. */
final class FixedRate implements Pace {
    private static final double NANOS_PER_SECOND = 1e9;

    private final EventLoop loop;
    private final double messagesPerSecond;
    private List<MessageSender> senders = List.of();
    private long startNanos;
    private long sent;

    @Nullable
    private ScheduledFuture<?> clock;

    FixedRate(EventLoop loop, double messagesPerSecond) {
        this.loop = loop;
        this.messagesPerSecond = messagesPerSecond;
    }

    @Override
    public void start(List<MessageSender> senders) {
        this.senders = List.copyOf(senders);
        startNanos = System.nanoTime();
        clock = loop.scheduleAtFixedRate(this::tick, 0, 500, TimeUnit.MICROSECONDS);
    }

    private void tick() {
        double due = (System.nanoTime() - startNanos) / NANOS_PER_SECOND * messagesPerSecond;
        while (sent < due) {
            senders.get((int) (sent++ % senders.size())).send();
        }
    }

    @Override
    public void delivered(MessageSender sender, int counter) {}

    @Override
    public void stop() {
        if (clock != null) {
            clock.cancel(false);
        }
    }
}
