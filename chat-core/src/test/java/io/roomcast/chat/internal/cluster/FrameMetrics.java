package io.roomcast.chat.internal.cluster;

import io.roomcast.chat.spi.ChatMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what is measured of frames. */
final class FrameMetrics implements ChatMetrics {
    private final List<Duration> lags = new CopyOnWriteArrayList<>();
    private final List<String> dropped = new CopyOnWriteArrayList<>();

    @Override
    public void onFrameReceived(Duration lag) {
        lags.add(lag);
    }

    @Override
    public void onFrameDropped(String reason) {
        dropped.add(reason);
    }

    /** Returns the lags of the frames that were handled. */
    List<Duration> lags() {
        return List.copyOf(lags);
    }

    /** Returns the reasons for which frames were dropped. */
    List<String> dropped() {
        return List.copyOf(dropped);
    }
}
