package io.roomcast.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a fixed number of messages of each sender in flight. A message that does not arrive within a few seconds no longer
 * counts as in flight.
 */
final class ClosedLoop implements Pace {
    private static final long TIMEOUT_SECONDS = 2;

    private final Map<MessageSender, Window> windows = new HashMap<>();
    private final EventLoop loop;
    private final int inFlight;
    private final int limit;

    @Nullable
    private ScheduledFuture<?> watch;

    private boolean stopped;

    ClosedLoop(EventLoop loop, int inFlight, int limit) {
        this.loop = loop;
        this.inFlight = inFlight;
        this.limit = limit;
    }

    @Override
    public void start(List<MessageSender> senders) {
        senders.forEach(sender -> windows.put(sender, new Window(sender, inFlight, limit)));
        windows.values().forEach(Window::fill);
        watch = loop.scheduleAtFixedRate(this::skipLost, TIMEOUT_SECONDS, TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private void skipLost() {
        for (Window window : windows.values()) {
            if (window.skipIfStuck() && !stopped) {
                window.fill();
            }
        }
    }

    @Override
    public void delivered(MessageSender sender, int counter) {
        Window window = windows.get(sender);
        if (window != null && window.delivered(counter) && !stopped) {
            window.fill();
        }
    }

    @Override
    public void stop() {
        stopped = true;
        if (watch != null) {
            watch.cancel(false);
        }
    }
}
