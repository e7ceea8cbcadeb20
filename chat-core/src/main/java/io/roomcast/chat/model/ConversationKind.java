package io.roomcast.chat.model;

import java.util.Locale;

/** Whether a conversation is direct, a group or open. */
public enum ConversationKind {
    /** Has two members, who never change. Each pair of users has one direct conversation. */
    DIRECT,
    /** Has members, who can be added and removed. */
    GROUP,
    /**
     * Needs no members, but the host may add some. The access policy decides which users can join, read and send.
     */
    OPEN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the kind as clients and stores see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }
}
