package io.roomcast.chat.internal.attention;

import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.spi.AttentionStore;
import java.time.Clock;

/**
 * Assembles the package: what users prefer.
 *
 * @param settings caches users' settings
 * @param preferences changes users' preferences
 * @param privacy changes users' privacy
 * @param drafts clears drafts that were sent
 * @param notifications decides who is notified of messages
 */
public record UserAttention(
        UserSettingsCache settings,
        PreferencesEditor preferences,
        PrivacyEditor privacy,
        SentDrafts drafts,
        Notifications notifications)
        implements AutoCloseable {
    /** Creates the parts, with an empty cache. */
    public static UserAttention create(AttentionStore store, Rooms rooms, Execution execution, Clock clock) {
        UserSettingsCache settings = new UserSettingsCache(store, execution.lanes(), clock);
        PreferencesEditor preferences =
                new PreferencesEditor(store, settings, rooms.publisher(), rooms.others(), clock);
        PrivacyEditor privacy = new PrivacyEditor(store, settings, rooms.others());
        rooms.cluster().onSettings(settings::forget);
        rooms.cluster().onPrivacy(privacy::presenceChangedElsewhere);
        return new UserAttention(
                settings,
                preferences,
                privacy,
                new SentDrafts(settings, preferences, execution.lanes()),
                new Notifications(settings, clock));
    }

    /** Forgets all data about a user. */
    public void forget(String userId) {
        settings.forget(userId);
        preferences.forget(userId);
    }

    @Override
    public void close() {
        settings.close();
        preferences.close();
    }
}
