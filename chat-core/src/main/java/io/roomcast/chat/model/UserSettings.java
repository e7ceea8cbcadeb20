package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a user has set for all conversations, and in each of them. Immutable.
 *
 * @param preferences the preferences by conversation, without the texts of drafts; conversations without preferences are
 *     missing
 * @param privacy what other users receive about the user
 */
public record UserSettings(Map<String, Preferences> preferences, Privacy privacy) {
    /** The settings of a user who has never set any. */
    public static final UserSettings NONE = new UserSettings(Map.of(), Privacy.OPEN);

    /** Copies the map. */
    public UserSettings {
        preferences = Map.copyOf(requireNonNull(preferences, "preferences"));
        requireNonNull(privacy, "privacy");
    }

    /** Returns the user's preferences in a conversation. */
    public Preferences in(String conversationId) {
        return preferences.getOrDefault(requireNonNull(conversationId, "conversationId"), Preferences.NONE);
    }
}
