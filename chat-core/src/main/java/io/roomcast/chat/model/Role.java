package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** The role of a member in a conversation, the highest first. {@link Permissions} lists what each may do. */
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

    /** Returns whether this role is higher than another: an owner's than an admin's, and an admin's than a member's. */
    public boolean outranks(Role other) {
        return compareTo(requireNonNull(other, "other")) < 0;
    }

    /** Returns the role as clients and stores see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }
}
