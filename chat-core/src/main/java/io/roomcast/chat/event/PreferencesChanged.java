package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Preferences;

/**
 * Notifies a user that the user's preferences in a conversation changed. Only sessions of this user receive it, except
 * the one that changed them.
 *
 * @param conversationId the conversation
 * @param preferences all preferences after the change
 */
public record PreferencesChanged(String conversationId, Preferences preferences) implements ChatEvent {
    /** Rejects null. */
    public PreferencesChanged {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(preferences, "preferences");
    }

    @Override
    public Delivery delivery() {
        return Delivery.REQUIRED;
    }
}
