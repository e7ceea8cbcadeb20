package io.roomcast.chat.model;

import java.util.Locale;

/** What a member may do in a conversation, beyond reading and writing. */
public enum Role {
    /** Everything; whoever made the conversation. */
    OWNER,
    /** Looks after messages and members. */
    ADMIN,
    /** Reads and writes. */
    MEMBER;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The role as clients and the store see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }
}
