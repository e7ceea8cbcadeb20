package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device on which a user receives push notifications. Immutable. Its text form contains neither the token nor the
 * keys, so it may be logged.
 *
 * @param id the id, which the {@linkplain #idOf token determines}
 * @param userId the user who receives the notifications
 * @param platform the {@linkplain io.roomcast.chat.spi.PushNotifier#platform platform}, such as {@code web}
 * @param token what the push service knows the device by; of Web Push the URL of the subscription's endpoint
 * @param keys the keys with which messages are encrypted for the device, such as {@code p256dh} and {@code auth} of Web
 *     Push; often empty
 * @param quiet the hours in which the device should not disturb, or null for none
 * @param locale the language of the device as an IETF language tag, or null if it is unknown
 * @param registeredAt when the device was registered the last time, in whole milliseconds
 * @param refusals how often in a row the push service has refused this server for the device
 */
public record PushDevice(
        String id,
        String userId,
        String platform,
        String token,
        Map<String, String> keys,
        @Nullable QuietHours quiet,
        @Nullable String locale,
        Instant registeredAt,
        int refusals) {
    /** How long a device is kept that is not registered again. */
    public static final Duration KEPT = Duration.ofDays(90);

    /** Copies the map. */
    public PushDevice {
        requireNonNull(id, "id");
        requireNonNull(userId, "userId");
        requireNonNull(platform, "platform");
        requireNonNull(token, "token");
        keys = Checks.map(keys, "keys");
        requireNonNull(registeredAt, "registeredAt");
    }

    /** Returns the id of the device with a token: a hash that does not reveal the token. */
    public static String idOf(String platform, String token) {
        requireNonNull(platform, "platform");
        requireNonNull(token, "token");
        return HashedName.of(platform + "\n" + token);
    }

    /** Returns the time from which the device is not used any more, unless it is registered again. */
    public Instant expiresAt() {
        return registeredAt.plus(KEPT);
    }

    /** Returns this device with another number of refusals in a row. */
    public PushDevice withRefusals(int count) {
        return new PushDevice(id, userId, platform, token, keys, quiet, locale, registeredAt, count);
    }

    /** Returns the id, the user and the platform. */
    @Override
    public String toString() {
        return "PushDevice[id=" + id + ", userId=" + userId + ", platform=" + platform + "]";
    }
}
