package io.roomcast.chat.internal.port;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.spi.CallStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.DeviceStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Measures the calls of the parts of a store. */
final class TimedParts {
    /** Makes a call of the store and measures it. */
    interface Timer {
        <T> T timed(String operation, Supplier<T> call);
    }

    private TimedParts() {}

    /** The part that stores devices. Safe for use by any thread. */
    static final class Devices implements DeviceStore {
        private final ChatStore store;
        private final Timer timer;

        Devices(ChatStore store, Timer timer) {
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
        public List<PendingPush> duePushes(Instant now, Collection<String> platforms, int limit) {
            return timer.timed("devices.duePushes", () -> store.devices().duePushes(now, platforms, limit));
        }

        @Override
        public List<PendingPush> pushes(Collection<String> deviceIds, String conversationId) {
            return timer.timed("devices.pushes", () -> store.devices().pushes(deviceIds, conversationId));
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

    /** The part that stores calls. Safe for use by any thread. */
    static final class Calls implements CallStore {
        private final ChatStore store;
        private final Timer timer;

        Calls(ChatStore store, Timer timer) {
            this.store = store;
            this.timer = timer;
        }

        @Override
        public Call start(Call call, Instant dueAt) {
            return timer.timed("calls.start", () -> store.calls().start(call, dueAt));
        }

        @Override
        public Optional<Call> find(String callId) {
            return timer.timed("calls.find", () -> store.calls().find(callId));
        }

        @Override
        public List<Call> in(Collection<String> conversationIds) {
            return timer.timed("calls.in", () -> store.calls().in(conversationIds));
        }

        @Override
        public List<Call> of(Collection<String> userIds) {
            return timer.timed("calls.of", () -> store.calls().of(userIds));
        }

        @Override
        public boolean update(Call call, Instant dueAt) {
            return timer.timed("calls.update", () -> store.calls().update(call, dueAt));
        }

        @Override
        public List<Call> due(Instant now, int limit) {
            return timer.timed("calls.due", () -> store.calls().due(now, limit));
        }
    }
}
