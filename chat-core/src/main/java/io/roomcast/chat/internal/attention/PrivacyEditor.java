package io.roomcast.chat.internal.attention;

import io.roomcast.chat.internal.room.OtherNodes;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.PrivacyUpdate;
import io.roomcast.chat.spi.AttentionStore;
import java.util.function.Consumer;

/** Changes users' privacy on all nodes. Safe for use by any thread. */
public final class PrivacyEditor {
    private final AttentionStore store;
    private final UserSettingsCache settings;
    private final OtherNodes others;
    private volatile Consumer<String> presenceListener = userId -> {};

    PrivacyEditor(AttentionStore store, UserSettingsCache settings, OtherNodes others) {
        this.store = store;
        this.settings = settings;
        this.others = others;
    }

    /** Sets the listener that is called with users who may have hidden or shown their presence, on any node. */
    public void onPresence(Consumer<String> listener) {
        presenceListener = listener;
    }

    /** Stores a change. Blocks for the store. The caller {@linkplain #announce announces} it then. */
    public Privacy change(PrivacyUpdate update) {
        try {
            return store.changePrivacy(update);
        } finally {
            settings.forget(update.userId());
        }
    }

    /** Applies a stored change on all nodes. Never blocks. */
    public void announce(PrivacyUpdate update) {
        boolean isOfPresence = update.presence() != null;
        others.sendPrivacy(update.userId(), isOfPresence);
        if (isOfPresence) {
            presenceListener.accept(update.userId());
        }
    }

    /** Applies a change of presence that another node stored. */
    void presenceChangedElsewhere(String userId) {
        settings.forget(userId);
        presenceListener.accept(userId);
    }
}
