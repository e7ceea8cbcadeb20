package io.roomcast.chat.spi;

import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.PrivacyUpdate;
import io.roomcast.chat.model.UserSettings;
import java.util.Collection;
import java.util.Map;

/** The part of a {@link ChatStore} that stores what users prefer. */
public interface AttentionStore {
    /**
     * Changes a user's preferences in a conversation in one step, and raises their version by one. A change that {@link
     * PreferencesUpdate#onlyClears} stores nothing for a user without preferences there.
     *
     * @return the preferences after the change
     * @throws io.roomcast.chat.model.ChatException {@link io.roomcast.chat.model.ErrorCode#CONFLICT} if it replaces
     *     another draft; then nothing is stored
     */
    Preferences changePreferences(PreferencesUpdate update);

    /**
     * Returns a user's preferences in the given conversations, by conversation. Conversations without preferences are
     * missing.
     */
    Map<String, Preferences> preferences(String userId, Collection<String> conversationIds);

    /**
     * Changes a user's privacy in one step.
     *
     * @return the privacy after the change
     */
    Privacy changePrivacy(PrivacyUpdate update);

    /**
     * Returns the settings of several users, by user. Users without settings are missing.
     *
     * <p>Called for users who connect, send or receive messages, so an index should serve it.
     *
     * @param userIds the ids without repeats
     */
    Map<String, UserSettings> settings(Collection<String> userIds);
}
