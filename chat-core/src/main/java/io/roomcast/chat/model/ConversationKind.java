package io.roomcast.chat.model;

import java.util.Locale;

/** How a conversation chooses its members. */
public enum ConversationKind {
    /** Two members, for ever; there is one such conversation for each pair. */
    DIRECT,
    /** Members who come and go. */
    GROUP,
    /** No members of its own: whoever the access policy lets in. */
    OPEN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The kind as clients and the store see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }
}
