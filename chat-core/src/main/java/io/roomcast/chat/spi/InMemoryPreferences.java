package io.roomcast.chat.spi;

import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.PrivacyUpdate;
import io.roomcast.chat.model.UserSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Stores users' preferences and privacy. Safe for use by any thread. */
final class InMemoryPreferences {
    /** The preferences of each user, by conversation. */
    private final Map<String, Map<String, Preferences>> byUser = new HashMap<>();

    private final Map<String, Privacy> privacies = new HashMap<>();

    synchronized Preferences change(PreferencesUpdate update) {
        Map<String, Preferences> own = byUser.getOrDefault(update.userId(), Map.of());
        Preferences before = own.get(update.conversationId());
        Preferences after = update.applyTo(before == null ? Preferences.NONE : before);
        if (before == null && update.onlyClears()) {
            return Preferences.NONE;
        }
        byUser.computeIfAbsent(update.userId(), userId -> new HashMap<>()).put(update.conversationId(), after);
        return after;
    }

    synchronized Map<String, Preferences> of(String userId, Collection<String> conversationIds) {
        Map<String, Preferences> found = new HashMap<>(byUser.getOrDefault(userId, Map.of()));
        found.keySet().retainAll(conversationIds);
        return found;
    }

    synchronized Privacy change(PrivacyUpdate update) {
        Privacy after = update.applyTo(privacies.getOrDefault(update.userId(), Privacy.OPEN));
        privacies.put(update.userId(), after);
        return after;
    }

    synchronized Map<String, UserSettings> settings(Collection<String> userIds) {
        Map<String, UserSettings> found = new HashMap<>();
        for (String userId : userIds) {
            if (byUser.containsKey(userId) || privacies.containsKey(userId)) {
                Map<String, Preferences> shown = new HashMap<>(byUser.getOrDefault(userId, Map.of()));
                shown.replaceAll((conversationId, preferences) -> preferences.withoutDraftText());
                found.put(userId, new UserSettings(shown, privacies.getOrDefault(userId, Privacy.OPEN)));
            }
        }
        return found;
    }

    synchronized void clearUnread(String conversationId, Collection<String> userIds) {
        userIds.forEach(userId -> byUser.getOrDefault(userId, new HashMap<>())
                .computeIfPresent(
                        conversationId,
                        (id, before) -> PreferencesUpdate.clearing(userId, id, Preference.UNREAD_FROM)
                                .applyTo(before)));
    }

    /** Removes the preferences of all users in a conversation. */
    synchronized void remove(String conversationId) {
        byUser.values().forEach(own -> own.remove(conversationId));
    }

    synchronized void erase(String userId) {
        byUser.remove(userId);
        privacies.remove(userId);
    }
}
