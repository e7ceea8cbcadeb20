package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.ReplacedDraft;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes the user's own preferences in a conversation. Fails with {@link ErrorCode#CONVERSATION_NOT_FOUND} if the
 * conversation does not exist, and with {@link ErrorCode#CONFLICT} if another draft is stored than the one to replace.
 *
 * @param conversationId the conversation
 * @param changed the preferences to change; if none, the command only reads them
 * @param values their new values; the others are ignored, and so are the draft's time and the version
 * @param draftBefore the draft that the new one replaces, or null for any
 */
public record SetPreferences(
        String conversationId,
        Set<Preference> changed,
        Preferences values,
        @Nullable ReplacedDraft draftBefore) implements Command<SetPreferences.Changed> {
    /** Copies the set. Rejects null for required components. */
    public SetPreferences {
        requireNonNull(conversationId, "conversationId");
        changed = Set.copyOf(requireNonNull(changed, "changed"));
        requireNonNull(values, "values");
    }

    /** Changes some preferences. */
    public static SetPreferences of(String conversationId, Preferences values, Preference... changed) {
        return new SetPreferences(conversationId, Set.of(requireNonNull(changed, "changed")), values, null);
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.READ);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.PREFERENCES);
    }

    /**
     * The preferences are stored.
     *
     * @param preferences all of the user's preferences in the conversation
     */
    public record Changed(Preferences preferences) {
        /** Rejects null. */
        public Changed {
            requireNonNull(preferences, "preferences");
        }
    }
}
