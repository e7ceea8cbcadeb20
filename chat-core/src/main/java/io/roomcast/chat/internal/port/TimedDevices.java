package io.roomcast.chat.internal.port;

import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.DeviceStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Measures the calls of the part of a store that stores devices. Safe for use by any thread. */
final class TimedDevices implements DeviceStore {
    /** Makes a call of the store and measures it. */
    interface Timer {
        <T> T timed(String operation, Supplier<T> call);
    }

    private final ChatStore store;
    private final Timer timer;

    TimedDevices(ChatStore store, Timer timer) {
        this.store = store;
        this.timer = timer;
    }

    private void timed(String operation, Runnable call) {
        timer.timed(operation, () -> {
            call.run();
            return operation;
        });
    }

    @Override
    public void register(PushDevice device, int maxPerUser) {
        timed("devices.register", () -> store.devices().register(device, maxPerUser));
    }

    @Override
    public Map<String, List<PushDevice>> of(Collection<String> userIds) {
        return timer.timed("devices.of", () -> store.devices().of(userIds));
    }

    @Override
    public boolean remove(String userId, Collection<String> deviceIds) {
        return timer.timed("devices.remove", () -> store.devices().remove(userId, deviceIds));
    }

    @Override
    public void removeAll(String userId) {
        timed("devices.removeAll", () -> store.devices().removeAll(userId));
    }

    @Override
    public void remove(PushDevice device) {
        timed("devices.remove", () -> store.devices().remove(device));
    }

    @Override
    public void updateRefusals(PushDevice device) {
        timed("devices.updateRefusals", () -> store.devices().updateRefusals(device));
    }

    @Override
    public void savePushes(Collection<PendingPush> pushes) {
        timed("devices.savePushes", () -> store.devices().savePushes(pushes));
    }

    @Override
    public List<PendingPush> duePushes(Instant now, int limit) {
        return timer.timed("devices.duePushes", () -> store.devices().duePushes(now, limit));
    }

    @Override
    public boolean replacePush(PendingPush before, PendingPush after) {
        return timer.timed("devices.replacePush", () -> store.devices().replacePush(before, after));
    }

    @Override
    public void removePushes(Collection<PendingPush> pushes) {
        timed("devices.removePushes", () -> store.devices().removePushes(pushes));
    }
}
