package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/** The type of a message's content. */
public enum MessageType {
    /** Text of a user. */
    TEXT(true),
    /** A file of a user, or several, each an {@link Attachment}. */
    FILE(true),
    /** An image of a user, or several, each an {@link Attachment}. */
    IMAGE(true),
    /** Content of a kind that the front ends define, with a custom type; the text is for those that do not know it. */
    CUSTOM(true),
    /** Text of the host, such as a welcome. */
    SYSTEM(false),
    /** The record of a call. */
    CALL(false);

    private final boolean fromClients;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    MessageType(boolean fromClients) {
        this.fromClients = fromClients;
    }

    /** Returns the type as clients and stores see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** Returns whether clients may send this type. The others are reserved for the host. */
    public boolean fromClients() {
        return fromClients;
    }

    /** Returns the type with the given name on the wire, or empty if there is none. */
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
