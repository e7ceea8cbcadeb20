package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Calls the host's own handler of an event. Fails with {@link io.roomcast.chat.model.ErrorCode#NOT_SUPPORTED} if the host
 * has none for it.
 *
 * @param name the name of the event: 1 to {@value io.roomcast.chat.model.FixedLimits#EVENT_NAME_LENGTH} letters and
 *     digits of ASCII, dots, colons, hyphens and underscores
 * @param payload a JSON value as text; {@code null} if the client sent none
 */
public record HandleEvent(String name, String payload) implements UserCommand<HandleEvent.Handled> {
    /** Rejects null. */
    public HandleEvent {
        requireNonNull(name, "name");
        requireNonNull(payload, "payload");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /** Returns the name and the length of the payload, which is a user's. */
    @Override
    public String toString() {
        return "HandleEvent[name=" + name + ", payload of " + payload.length() + " characters]";
    }

    /**
     * The handler has answered.
     *
     * @param answer a JSON value as text
     */
    public record Handled(String answer) {
        /** Rejects null. */
        public Handled {
            requireNonNull(answer, "answer");
        }
    }
}
