package io.roomcast.chat.internal.attention;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Draft;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.ReplacedDraft;
import io.roomcast.chat.model.UserSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears a user's draft after the user has sent a message in the conversation. A message of a user without drafts costs
 * one map look-up, unless the user's settings are not cached. Safe for use by any thread; never blocks the caller.
 */
public final class SentDrafts {
    private static final Logger log = LoggerFactory.getLogger(SentDrafts.class);

    private final UserSettingsCache settings;
    private final PreferencesEditor preferences;
    private final ConversationLanes lanes;

    SentDrafts(UserSettingsCache settings, PreferencesEditor preferences, ConversationLanes lanes) {
        this.settings = settings;
        this.preferences = preferences;
        this.lanes = lanes;
    }

    /** Clears the draft of the message's sender, unless it is newer than the message. */
    public void messageSent(Message message) {
        UserSettings known = settings.ifKnown(message.senderId());
        if (known != null) {
            Draft draft = sentDraft(message, known);
            if (draft != null) {
                clearLater(message, draft);
            }
        } else if (!message.senderId().equals(NewMessage.SYSTEM_SENDER)) {
            settings.read(message.senderId(), found -> clear(message, found));
        }
    }

    private static @Nullable Draft sentDraft(Message message, UserSettings known) {
        Draft draft = known.in(message.conversationId()).draft();
        return draft == null || draft.at().isAfter(message.createdAt()) ? null : draft;
    }

    private void clearLater(Message message, Draft draft) {
        try {
            lanes.execute(() -> clear(message, draft));
        } catch (ChatException busy) {
            log.debug("could not clear a draft in {}: {}", message.conversationId(), busy.code());
        }
    }

    private void clear(Message message, @Nullable UserSettings found) {
        Draft draft = found == null ? null : sentDraft(message, found);
        if (draft != null) {
            clear(message, draft);
        }
    }

    private void clear(Message message, Draft draft) {
        PreferencesUpdate update = PreferencesUpdate.clearing(
                        message.senderId(), message.conversationId(), Preference.DRAFT)
                .replacing(new ReplacedDraft(draft.at()));
        try {
            preferences.announce(update, preferences.change(update), null);
        } catch (ChatException failure) {
            // With a conflict, the user has written another draft meanwhile.
            if (failure.code() != ErrorCode.CONFLICT) {
                log.debug("could not clear a draft in {}: {}", message.conversationId(), failure.code());
            }
        }
    }
}
