package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/** What kind of thing a message's content is. */
public enum MessageType {
    /** Words of a user. */
    TEXT(true),
    /** A file of a user's, with an {@link Attachment}. */
    FILE(true),
    /** A picture of a user's, with an {@link Attachment}. */
    IMAGE(true),
    /** Words of the host's, such as a welcome. */
    SYSTEM(false),
    /** The record of a call. */
    CALL(false);

    private final boolean fromClients;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    MessageType(boolean fromClients) {
        this.fromClients = fromClients;
    }

    /** The type as clients and the store see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** Whether a client may send it; the others are the host's. */
    public boolean fromClients() {
        return fromClients;
    }

    /** The type with the given name on the wire, or empty if there is none. */
    public static Optional<MessageType> ofWireName(String wireName) {
        requireNonNull(wireName, "wireName");
        for (MessageType type : values()) {
            if (type.wireName.equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
