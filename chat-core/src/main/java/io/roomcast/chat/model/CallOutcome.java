package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** How a call, or its ringing on one device, has ended. */
public enum CallOutcome {
    /** At least two users took part. */
    COMPLETED("completed"),
    /** No user answered in time. */
    MISSED("missed"),
    /** The other user, or every invited one, declined. */
    DECLINED("declined"),
    /** The other user was in another call. */
    BUSY("busy"),
    /** The user who started the call ended it before another user answered. */
    CANCELLED("cancelled"),
    /** The devices could not connect to each other. */
    FAILED("failed"),
    /** The connection of the last participants was lost. */
    LOST("lost"),
    /** Another device of the user answered. Ends the ringing only, and is never the outcome of a call. */
    ANSWERED_ELSEWHERE("answeredElsewhere"),
    /** Another device of the user declined. Ends the ringing only, and is never the outcome of a call. */
    DECLINED_ELSEWHERE("declinedElsewhere");

    private final String wireName;

    CallOutcome(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the outcome as clients and stores see it. */
    public String wireName() {
        return wireName;
    }

    /** Returns the outcome with the given name on the wire, or empty if there is none. */
    public static Optional<CallOutcome> ofWireName(String wireName) {
        requireNonNull(wireName, "wireName");
        return WireNames.find(values(), CallOutcome::wireName, wireName);
    }
}
