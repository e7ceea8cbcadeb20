package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * A user who was invited to a call. Immutable.
 *
 * @param userId the user
 * @param state what became of the invitation
 */
public record CallInvitation(String userId, State state) {
    /** What became of an invitation. */
    public enum State {
        /** The devices of the user ring. */
        RINGING,
        /** A device of the user joined. */
        ACCEPTED,
        /** The user declined. */
        DECLINED,
        /** The user did not answer while it rang. */
        MISSED;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** Returns the state as stores see it: the constant's name in lower case. */
        public String wireName() {
            return wireName;
        }

        /** Returns the state with the given name, or empty if there is none. */
        public static Optional<State> ofWireName(String wireName) {
            requireNonNull(wireName, "wireName");
            return WireNames.find(values(), State::wireName, wireName);
        }
    }

    /** Rejects null. */
    public CallInvitation {
        requireNonNull(userId, "userId");
        requireNonNull(state, "state");
    }

    /** Returns whether the devices of the user ring. */
    public boolean isRinging() {
        return state == State.RINGING;
    }
}
