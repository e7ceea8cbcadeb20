package io.roomcast.chat.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a user may do in a conversation, depending on the user's role there. {@link Permissions} lists who has which.
 *
 * <p>The access policy is asked for the {@link #action()} first, and may refuse more.
 */
public enum Permission {
    /** Send messages. */
    SEND(Action.SEND),
    /** Send messages with a file. Requires {@link #SEND}. */
    SEND_FILE(Action.SEND, SEND),
    /** Add and remove the user's own reactions. */
    REACT(Action.REACT),
    /** Report typing and viewing. */
    TYPE(Action.TYPE),
    /** Send events of the application's own. */
    SEND_EVENT(Action.SEND_EVENT),
    /** Edit the user's own messages, within {@link Limits#editWindow()}. */
    EDIT_OWN(Action.EDIT),
    /** Delete the user's own messages, within {@link Limits#deleteWindow()}. */
    DELETE_OWN(Action.EDIT),
    /** Start calls. In an open conversation, those in the room may join them without this permission. */
    CALL(Action.CALL),
    /** Mention all members with {@link MessageBody#MENTION_ALL}. Requires {@link #SEND}. */
    MENTION_ALL(Action.SEND, SEND),
    /** Pin and unpin messages. In a direct conversation both users may do so. */
    PIN(Action.EDIT),
    /** Delete any message, at any time. Requires {@link #DELETE_OWN}. */
    DELETE_ANY(Action.EDIT, DELETE_OWN),
    /** Change the title and the metadata. */
    MANAGE(Action.MANAGE),
    /** Add members, and remove members of a lower role. */
    MEMBERS(Action.MANAGE),
    /** Change the roles of members of a lower role. */
    ROLES(Action.MANAGE),
    /** Delete the conversation. */
    DELETE_CONVERSATION(Action.MANAGE);

    private final Action action;

    @Nullable
    private final Permission required;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    Permission(Action action) {
        this(action, null);
    }

    Permission(Action action, @Nullable Permission required) {
        this.action = action;
        this.required = required;
    }

    /** Returns the action that the access policy must permit, too. */
    public Action action() {
        return action;
    }

    /** Returns the permission without which no role has this one, or null. */
    @Nullable
    Permission required() {
        return required;
    }

    /** Returns the permission as clients see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }
}
