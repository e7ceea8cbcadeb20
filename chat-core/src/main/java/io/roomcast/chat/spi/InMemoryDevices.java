package io.roomcast.chat.spi;

import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores devices and the notifications that are to be sent to them. Safe for use by any thread. */
final class InMemoryDevices implements DeviceStore {
    private record Key(String deviceId, String conversationId, boolean isShown) {
        private static Key of(PendingPush push) {
            return new Key(push.deviceId(), push.conversationId(), push.isShown());
        }
    }

    private record Due(Instant at, Key key) {
        private static Due of(PendingPush push) {
            return new Due(push.dueAt(), Key.of(push));
        }
    }

    private final Map<String, Map<String, PushDevice>> byUser = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<Key, PendingPush> pushes = new HashMap<>();
    private final TreeMap<Due, PendingPush> due = new TreeMap<>(Comparator.comparing(Due::at)
            .thenComparing(entry -> entry.key().deviceId())
            .thenComparing(entry -> entry.key().conversationId())
            .thenComparing(entry -> entry.key().isShown()));
    private final Clock clock;

    InMemoryDevices(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void register(PushDevice device, int maxPerUser) {
        drop(device.id());
        Map<String, PushDevice> own = byUser.computeIfAbsent(device.userId(), userId -> new LinkedHashMap<>());
        own.put(device.id(), device);
        owners.put(device.id(), device.userId());
        Instant now = clock.instant();
        lastFirst(own.values()).stream()
                .filter(known -> !now.isBefore(known.expiresAt()))
                .forEach(known -> drop(known.id()));
        lastFirst(own.values()).stream().skip(maxPerUser).forEach(known -> drop(known.id()));
    }

    private static List<PushDevice> lastFirst(Collection<PushDevice> devices) {
        return devices.stream()
                .sorted(Comparator.comparing(PushDevice::registeredAt)
                        .reversed()
                        .thenComparing(PushDevice::id))
                .toList();
    }

    private void drop(String deviceId) {
        String userId = owners.remove(deviceId);
        Map<String, PushDevice> own = userId == null ? null : byUser.get(userId);
        if (own != null && own.remove(deviceId) != null && own.isEmpty()) {
            byUser.remove(userId);
        }
    }

    @Override
    public synchronized Map<String, List<PushDevice>> of(Collection<String> userIds) {
        Map<String, List<PushDevice>> found = new HashMap<>();
        for (String userId : userIds) {
            Map<String, PushDevice> own = byUser.get(userId);
            if (own != null) {
                found.put(userId, lastFirst(own.values()));
            }
        }
        return found;
    }

    @Override
    public synchronized boolean remove(String userId, Collection<String> deviceIds) {
        List<String> own =
                deviceIds.stream().filter(id -> userId.equals(owners.get(id))).toList();
        own.forEach(this::drop);
        return !own.isEmpty();
    }

    @Override
    public synchronized void removeAll(String userId) {
        of(List.of(userId)).values().forEach(own -> own.forEach(device -> drop(device.id())));
        removePushesIf(push -> push.userId().equals(userId));
    }

    @Override
    public synchronized void remove(PushDevice device) {
        if (isSame(device)) {
            drop(device.id());
        }
    }

    @Override
    public synchronized void updateRefusals(PushDevice device) {
        if (isSame(device)) {
            change(device, known -> known.withRefusals(device.refusals()));
        }
    }

    private void change(PushDevice device, UnaryOperator<PushDevice> change) {
        byUser.getOrDefault(device.userId(), Map.of())
                .computeIfPresent(device.id(), (id, known) -> change.apply(known));
    }

    private boolean isSame(PushDevice device) {
        PushDevice known = byUser.getOrDefault(device.userId(), Map.of()).get(device.id());
        return known != null && known.registeredAt().equals(device.registeredAt());
    }

    @Override
    public synchronized void savePushes(Collection<PendingPush> saved) {
        removeExpired();
        saved.forEach(push -> {
            PendingPush known = pushes.get(Key.of(push));
            if (known == null || known.seq() <= push.seq()) {
                put(push);
            }
        });
    }

    /** Looks at those that are due first, as one that expires was due before. */
    private void removeExpired() {
        Instant now = clock.instant();
        List<PendingPush> expired = due.values().stream()
                .takeWhile(push -> !now.isBefore(push.expiresAt()))
                .toList();
        removePushes(expired);
    }

    private void put(PendingPush push) {
        removeDue(pushes.put(Key.of(push), push));
        due.put(Due.of(push), push);
    }

    private void removeDue(@Nullable PendingPush push) {
        if (push != null) {
            due.remove(Due.of(push));
        }
    }

    @Override
    public synchronized List<PendingPush> duePushes(Instant now, Collection<String> platforms, int limit) {
        return due.values().stream()
                .takeWhile(push -> !now.isBefore(push.dueAt()))
                .filter(push -> platforms.contains(push.platform()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<PendingPush> pushes(Collection<String> deviceIds, String conversationId) {
        return deviceIds.stream()
                .distinct()
                .flatMap(id -> Stream.of(new Key(id, conversationId, false), new Key(id, conversationId, true)))
                .flatMap(key -> Stream.ofNullable(pushes.get(key)))
                .toList();
    }

    @Override
    public synchronized boolean replacePush(PendingPush before, PendingPush after) {
        boolean isExpected = before.equals(pushes.get(Key.of(before)));
        if (isExpected) {
            put(after);
        }
        return isExpected;
    }

    @Override
    public synchronized void removePushes(Collection<PendingPush> removed) {
        removed.forEach(push -> {
            PendingPush known = pushes.get(Key.of(push));
            if (known != null && known.seq() <= push.seq()) {
                removeDue(pushes.remove(Key.of(push)));
            }
        });
    }

    /** Removes what is to be sent of a deleted conversation. */
    synchronized void removeConversation(String conversationId) {
        removePushesIf(push -> push.conversationId().equals(conversationId));
    }

    private void removePushesIf(Predicate<PendingPush> unwanted) {
        pushes.values().removeIf(unwanted);
        due.values().removeIf(unwanted);
    }
}
