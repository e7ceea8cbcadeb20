package io.roomcast.chat.model;

import java.util.Locale;

/** The role of a member in a conversation. */
public enum Role {
    /**
     * May do everything that an admin may, and cannot be removed by others. Initially the user who created the group.
     */
    OWNER,
    /** May change the group, add and remove members, and delete messages of others. */
    ADMIN,
    /** May read and send messages. */
    MEMBER;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the role as clients and stores see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }
}
