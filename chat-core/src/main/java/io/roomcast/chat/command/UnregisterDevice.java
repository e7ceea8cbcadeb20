package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Removes a device of the user, which then receives no push notifications. Does nothing if the user has no such device.
 * Its text omits the token.
 *
 * @param token what the push service knows the device by
 */
public record UnregisterDevice(String token) implements UserCommand<UnregisterDevice.Unregistered> {
    /** Rejects null. */
    public UnregisterDevice {
        requireNonNull(token, "token");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.PREFERENCES);
    }

    @Override
    public String toString() {
        return "UnregisterDevice[]";
    }

    /** The user has no such device. */
    public record Unregistered() {}
}
