package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/** The kind of a signal between two participants of a call. */
public enum CallSignalKind {
    /** An offer of a session. */
    OFFER,
    /** The answer to an offer. */
    ANSWER,
    /** Candidates for a path between the devices. */
    CANDIDATES;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the kind as clients see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** Returns the kind with the given name on the wire, or empty if there is none. */
    public static Optional<CallSignalKind> ofWireName(String wireName) {
        requireNonNull(wireName, "wireName");
        return WireNames.find(values(), CallSignalKind::wireName, wireName);
    }
}
