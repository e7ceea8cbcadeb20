package io.roomcast.chat.testkit;

import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.QuietHours;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Devices, and notifications that are to be sent to them. */
public final class Devices {
    private static final QuietHours NIGHT =
            new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 30), ZoneId.of("Europe/Berlin"));

    /** The platforms of the devices. */
    public static final List<String> PLATFORMS = List.of("web", "apns");

    private Devices() {}

    /** Returns a device that has all optional parts. */
    public static PushDevice of(String userId, String id, Instant registeredAt) {
        return new PushDevice(
                id,
                userId,
                "web",
                "https://push.example.com/" + id,
                Map.of("p256dh", "key", "auth", "secret"),
                NIGHT,
                "de-AT",
                registeredAt,
                0);
    }

    /** Returns a device without optional parts. */
    public static PushDevice plain(String userId, String id, Instant registeredAt) {
        return new PushDevice(id, userId, "apns", id, Map.of(), null, null, registeredAt, 0);
    }

    /** Returns a notification that is due at the time of its message. */
    public static PendingPush push(String deviceId, String conversationId, long seq, Instant sentAt) {
        return new PendingPush(deviceId, "web", "alice", conversationId, seq, sentAt, 0, sentAt);
    }
}
