package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/** What a call is meant to transmit. Participants may turn on more, or less. */
public enum CallMedia {
    /** Voice. */
    AUDIO,
    /** Voice and pictures. */
    VIDEO;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the kind as clients and stores see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** Returns the kind with the given name on the wire, or empty if there is none. */
    public static Optional<CallMedia> ofWireName(String wireName) {
        requireNonNull(wireName, "wireName");
        return WireNames.find(values(), CallMedia::wireName, wireName);
    }
}
