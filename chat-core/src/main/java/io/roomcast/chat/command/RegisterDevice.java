package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.QuietHours;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Registers a device on which the user receives push notifications, or registers it again. It is kept for 90 days, so an
 * application sends this at each start. A token has one user: the device of another user with this token becomes that of
 * the user. If the user has more than {@value FixedLimits#DEVICES} devices, the one that was registered the longest time
 * ago is removed. Its text omits the token and the keys.
 *
 * <p>Fails with {@link ErrorCode#NOT_SUPPORTED} if the chat sends no push notifications.
 *
 * @param platform the platform of the device, such as {@code web}
 * @param token what the push service knows the device by; of Web Push the URL of the subscription's endpoint
 * @param keys the keys with which messages are encrypted for the device, by name
 * @param quiet the hours in which the device should not disturb, or null for none
 * @param locale the language of the device as an IETF language tag, or null if it is unknown
 */
public record RegisterDevice(
        String platform,
        String token,
        Map<String, String> keys,
        @Nullable QuietHours quiet,
        @Nullable String locale) implements UserCommand<RegisterDevice.Registered> {
    /** Copies the map. */
    public RegisterDevice {
        requireNonNull(platform, "platform");
        requireNonNull(token, "token");
        keys = Checks.map(keys, "keys");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.PREFERENCES);
    }

    @Override
    public String toString() {
        return "RegisterDevice[" + platform + "]";
    }

    /**
     * The device is registered.
     *
     * @param deviceId the id of the device, always the same for its token
     */
    public record Registered(String deviceId) {
        /** Rejects null. */
        public Registered {
            requireNonNull(deviceId, "deviceId");
        }
    }
}
