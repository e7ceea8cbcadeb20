package io.roomcast.chat.internal.attention;

import io.roomcast.chat.event.PreferencesChanged;
import io.roomcast.chat.internal.execution.LatestOnly;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.OtherNodes;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.AttentionStore;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes users' preferences, and notifies their sessions on all nodes. A session of this node never receives an older
 * state after a newer one. Safe for use by any thread.
 */
public final class PreferencesEditor {
    private record Key(String userId, String conversationId) {}

    /**
     * Preferences on their way to a user's sessions.
     *
     * @param except the session that knows them already, or null
     */
    private record Sent(Preferences preferences, @Nullable Session except) {
        private static Sent later(Sent one, Sent other) {
            return other.preferences.version() > one.preferences.version() ? other : one;
        }
    }

    private final AttentionStore store;
    private final UserSettingsCache settings;
    private final Publisher publisher;
    private final OtherNodes others;
    private final LatestOnly<Key, Sent> latest;
    private volatile BiConsumer<String, String> unreadListener = (userId, conversationId) -> {};

    PreferencesEditor(
            AttentionStore store, UserSettingsCache settings, Publisher publisher, OtherNodes others, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.publisher = publisher;
        this.others = others;
        this.latest = new LatestOnly<>(clock, Sent::later, this::sendNow);
    }

    /** Sets the listener that is called when the unread messages of a user in a conversation may have changed. */
    public void onUnread(BiConsumer<String, String> listener) {
        unreadListener = listener;
    }

    /** Stores a change. Blocks for the store. The caller {@linkplain #announce announces} it then. */
    public Preferences change(PreferencesUpdate update) {
        try {
            return store.changePreferences(update);
        } finally {
            settings.forget(update.userId());
        }
    }

    /**
     * Notifies the user's sessions on all nodes of a stored change. Never blocks.
     *
     * @param except the session that knows the preferences already, or null
     */
    public void announce(PreferencesUpdate update, Preferences now, @Nullable Session except) {
        latest.emit(new Key(update.userId(), update.conversationId()), new Sent(now, except));
        others.sendPreferences(update.userId(), update.conversationId());
        if (update.changed().contains(Preference.UNREAD_FROM)) {
            unreadListener.accept(update.userId(), update.conversationId());
        }
    }

    private void sendNow(Key key, Sent now) {
        PreferencesChanged event = new PreferencesChanged(key.conversationId(), now.preferences());
        publisher.sendHere(event, new Audience.OwnSessions(key.userId(), now.except()));
    }

    /** Notifies the user's sessions on this node of a change that another node made. Blocks for the store. */
    public void changedElsewhere(String userId, String conversationId) {
        settings.forget(userId);
        Preferences now =
                store.preferences(userId, List.of(conversationId)).getOrDefault(conversationId, Preferences.NONE);
        latest.emit(new Key(userId, conversationId), new Sent(now, null));
        unreadListener.accept(userId, conversationId);
    }

    /** Forgets the user's preferences in all conversations, so that the versions may begin again. */
    void forget(String userId) {
        latest.forgetAll(key -> key.userId().equals(userId));
    }

    void close() {
        latest.close();
    }
}
