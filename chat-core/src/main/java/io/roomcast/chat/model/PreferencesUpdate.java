package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a user's preferences in a conversation. Immutable.
 *
 * @param userId the user
 * @param conversationId the conversation
 * @param changed the preferences to change, at least one
 * @param values their new values; the others are ignored
 * @param draftBefore the draft that the change replaces, or null for any
 */
public record PreferencesUpdate(
        String userId,
        String conversationId,
        Set<Preference> changed,
        Preferences values,
        @Nullable ReplacedDraft draftBefore) {
    /** Copies the set. Rejects null for required components, and an empty set. */
    public PreferencesUpdate {
        requireNonNull(userId, "userId");
        requireNonNull(conversationId, "conversationId");
        changed = Set.copyOf(requireNonNull(changed, "changed"));
        requireNonNull(values, "values");
        if (changed.isEmpty()) {
            throw new IllegalArgumentException("changed: " + changed + " (expected: at least one preference)");
        }
    }

    /** Returns a change that sets one preference to what it is without preferences. */
    public static PreferencesUpdate clearing(String userId, String conversationId, Preference preference) {
        return new PreferencesUpdate(
                userId, conversationId, Set.of(requireNonNull(preference, "preference")), Preferences.NONE, null);
    }

    /** Returns a copy that fails with {@link ErrorCode#CONFLICT} if it would replace another draft. */
    public PreferencesUpdate replacing(ReplacedDraft draft) {
        return new PreferencesUpdate(userId, conversationId, changed, values, requireNonNull(draft, "draft"));
    }

    /**
     * Returns the preferences after the change.
     *
     * @throws ChatException {@link ErrorCode#CONFLICT} if it replaces another draft
     */
    public Preferences applyTo(Preferences before) {
        requireNonNull(before, "before");
        if (draftBefore != null && !draftBefore.matches(before.draft())) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        return before.with(changed, values);
    }

    /** Returns whether the change only sets what a user without preferences has, so that it need not be stored for one. */
    public boolean onlyClears() {
        return Preferences.NONE.with(changed, values).equals(Preferences.NONE.with(changed, Preferences.NONE));
    }
}
