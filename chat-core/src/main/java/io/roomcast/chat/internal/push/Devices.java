package io.roomcast.chat.internal.push;

import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.command.UnregisterDevice;
import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.internal.port.PushSettings;
import io.roomcast.chat.internal.port.ReportedFailure;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.spi.DeviceStore;
import io.roomcast.chat.spi.PushNotifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The devices of users. Safe for use by any thread; methods block for the store.
 *
 * <p>Who has devices is cached, and so is who has none. What another server changes is known after at most half a minute,
 * and in a cluster usually at the same time. The devices themselves are read when a notification is sent.
 */
public final class Devices {
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final int MAX_CACHED = 500_000;
    private static final int MAX_USERS = 1_000;

    /** What is cached of a device. */
    record Name(String id, String platform) {}

    private final TtlCache<String, List<Name>> known;
    private final Map<String, PushNotifier> notifiers = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private final HostPort port = new HostPort("push notifier");
    private final Supplier<DeviceStore> store;
    private final List<String> platforms;
    private final Consumer<String> announcement;
    private final Clock clock;

    /**
     * Creates an instance with an empty cache.
     *
     * @param announcement notifies the other nodes that the devices of a user have changed
     */
    public Devices(Supplier<DeviceStore> store, PushSettings settings, Consumer<String> announcement, Clock clock) {
        this.store = store;
        this.platforms = settings.platforms();
        this.announcement = announcement;
        this.clock = clock;
        this.known = new TtlCache<>(clock, LIFETIME, MAX_CACHED, devices -> 1 + devices.size());
        settings.notifiers().forEach(notifier -> {
            notifiers.put(notifier.platform(), notifier);
            if (notifier.silent()) {
                silent.add(notifier.platform());
            }
        });
    }

    /**
     * Registers a device of a user.
     *
     * @throws ChatException {@link ErrorCode#NOT_SUPPORTED} if there are no notifiers, or {@link
     *     ErrorCode#INVALID_PAYLOAD} for another platform, and for a device that the notifier refuses
     */
    public RegisterDevice.Registered register(RegisterDevice command, String userId) {
        PushDevice device = new PushDevice(
                PushDevice.idOf(command.platform(), command.token()),
                userId,
                command.platform(),
                command.token(),
                command.keys(),
                command.quiet(),
                command.locale(),
                now(),
                0);
        check(device);
        store.get().register(device, FixedLimits.DEVICES);
        changed(userId);
        return new RegisterDevice.Registered(device.id());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void check(PushDevice device) {
        requireSupported();
        PushNotifier notifier = notifiers.get(device.platform());
        if (notifier == null) {
            throw ChatException.invalid("platform", String.join(", ", platforms));
        }
        try {
            notifier.check(device);
        } catch (ChatException refusal) {
            throw refusal;
        } catch (RuntimeException failure) {
            port.warn("failed with " + HostPort.describe(failure));
            throw ChatException.of(ErrorCode.INTERNAL_ERROR, new ReportedFailure(failure));
        }
    }

    private void requireSupported() {
        if (notifiers.isEmpty()) {
            throw ChatException.of(ErrorCode.NOT_SUPPORTED);
        }
    }

    /** Removes a device of a user, of whichever platform. */
    public UnregisterDevice.Unregistered unregister(UnregisterDevice command, String userId) {
        requireSupported();
        List<String> ids = platforms.stream()
                .map(platform -> PushDevice.idOf(platform, command.token()))
                .toList();
        if (store.get().remove(userId, ids)) {
            changed(userId);
        }
        return new UnregisterDevice.Unregistered();
    }

    /** Removes all devices of a user. */
    public void removeAll(String userId) {
        store.get().removeAll(userId);
        changed(userId);
    }

    private void changed(String userId) {
        forget(userId);
        announcement.accept(userId);
    }

    /** Has the devices of a user read again. */
    public void forget(String userId) {
        known.invalidate(userId);
    }

    /** Returns the platforms for which this server has a notifier. */
    List<String> platforms() {
        return platforms;
    }

    /** Returns whether there is a notifier that can be silent. */
    boolean anySilent() {
        return !silent.isEmpty();
    }

    /** Returns whether notifications of a platform may reach a device without anything being shown. */
    boolean isSilent(String platform) {
        return silent.contains(platform);
    }

    /** Returns the platform's notifier; null if this server has none. */
    @Nullable
    PushNotifier notifier(String platform) {
        return notifiers.get(platform);
    }

    /**
     * Returns the devices that users had half a minute ago or later, also those of platforms without a notifier here, for
     * which another server may have one. Users without devices are missing.
     */
    Map<String, List<Name>> recent(Collection<String> userIds) {
        Map<String, List<Name>> found = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String userId : userIds) {
            List<Name> cached = known.getIfPresent(userId);
            if (cached == null) {
                unknown.add(userId);
            } else if (!cached.isEmpty()) {
                found.put(userId, cached);
            }
        }
        for (int from = 0; from < unknown.size(); from += MAX_USERS) {
            load(unknown.subList(from, Math.min(unknown.size(), from + MAX_USERS)), found);
        }
        return found;
    }

    private void load(List<String> userIds, Map<String, List<Name>> found) {
        long invalidations = known.invalidations();
        Map<String, List<PushDevice>> stored = store.get().of(userIds);
        for (String userId : userIds) {
            List<Name> names = registered(stored.getOrDefault(userId, List.of()))
                    .map(device -> new Name(device.id(), device.platform()))
                    .toList();
            known.putIfCurrent(userId, names, invalidations);
            if (!names.isEmpty()) {
                found.put(userId, names);
            }
        }
    }

    private Stream<PushDevice> registered(List<PushDevice> devices) {
        Instant now = now();
        return devices.stream().filter(device -> now.isBefore(device.expiresAt()));
    }

    /** Returns those of the users' devices that this server can notify, by their ids, as they are now. */
    Map<String, PushDevice> current(Collection<String> userIds) {
        Map<String, PushDevice> found = new HashMap<>();
        store.get().of(userIds).values().stream()
                .flatMap(this::registered)
                .filter(device -> notifiers.containsKey(device.platform()))
                .forEach(device -> found.put(device.id(), device));
        return found;
    }

    /** Removes a device that is gone, unless it was registered again. */
    void remove(PushDevice device) {
        store.get().remove(device);
        changed(device.userId());
    }

    /** Records how often in a row the push service has refused this server for a device. */
    void updateRefusals(PushDevice device) {
        store.get().updateRefusals(device);
    }
}
