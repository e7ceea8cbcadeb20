package io.roomcast.chat.testkit;

import io.roomcast.chat.spi.ClusterBus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Records the calls of a bus, and whether two of them overlapped. Safe for use by any thread. */
public final class RecordingListener implements ClusterBus.Listener {
    /** A received frame, as text. */
    public record Received(String channel, String frame) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> states = new CopyOnWriteArrayList<>();
    private final List<String> unacknowledged = new CopyOnWriteArrayList<>();
    private final AtomicInteger manyUnacknowledged = new AtomicInteger();
    private final AtomicBoolean isCalled = new AtomicBoolean();
    private volatile boolean overlapped;
    private volatile boolean fails;

    /** Returns the frames received so far. */
    public List<Received> received() {
        return received;
    }

    /** Returns the texts received in a channel so far. */
    public List<String> receivedIn(String channel) {
        return received.stream()
                .filter(each -> each.channel().equals(channel))
                .map(Received::frame)
                .toList();
    }

    /** Returns {@code connected} and {@code disconnected} in their order. */
    public List<String> states() {
        return states;
    }

    /** Returns whether the bus is connected. */
    public boolean isConnected() {
        return !states.isEmpty() && states.get(states.size() - 1).equals("connected");
    }

    /** Returns the channels whose frames may be lost. */
    public List<String> unacknowledged() {
        return unacknowledged;
    }

    /** Returns how often more channels than the bus remembers were reported. */
    public int manyUnacknowledged() {
        return manyUnacknowledged.get();
    }

    /** Returns whether a call began before another one ended. */
    public boolean overlapped() {
        return overlapped;
    }

    /** Makes each further call fail, after it was recorded. */
    public void fail() {
        fails = true;
    }

    private void record(Runnable entry) {
        overlapped |= !isCalled.compareAndSet(false, true);
        entry.run();
        isCalled.set(false);
        if (fails) {
            throw new IllegalStateException("the listener fails");
        }
    }

    @Override
    public void onFrame(String channel, byte[] frame) {
        record(() -> received.add(new Received(channel, BusCase.text(frame))));
    }

    @Override
    public void onConnected() {
        record(() -> states.add("connected"));
    }

    @Override
    public void onDisconnected() {
        record(() -> states.add("disconnected"));
    }

    @Override
    public void onUnacknowledged(String channel) {
        record(() -> unacknowledged.add(channel));
    }

    @Override
    public void onManyUnacknowledged() {
        record(manyUnacknowledged::incrementAndGet);
    }
}
