package io.roomcast.chat.internal.attention;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.UserSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides by users' preferences who is notified of a message. Safe for use by any thread; may block for the store. */
public final class Notifications {
    private final UserSettingsCache settings;
    private final Clock clock;

    Notifications(UserSettingsCache settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns those of the users who wish to be notified. */
    public Set<String> among(Collection<String> userIds, Message message) {
        if (message.isDeleted()) {
            return Set.of();
        }
        Instant now = clock.instant();
        Map<String, UserSettings> settingsOf = settings.ofAll(userIds);
        return userIds.stream()
                .filter(userId -> !userId.equals(message.senderId()))
                .filter(userId -> isNotified(
                        userId,
                        settingsOf.getOrDefault(userId, UserSettings.NONE).in(message.conversationId()),
                        message,
                        now))
                .collect(Collectors.toSet());
    }

    /** Returns those of the users who wish to be notified of calls in a conversation: all who have not muted it. */
    public Set<String> ofCalls(Collection<String> userIds, String conversationId) {
        Instant now = clock.instant();
        Map<String, UserSettings> settingsOf = settings.ofAll(userIds);
        return userIds.stream()
                .filter(userId -> ringsFor(
                        settingsOf.getOrDefault(userId, UserSettings.NONE).in(conversationId), now))
                .collect(Collectors.toSet());
    }

    /** A call concerns each user whom it invites, as a message concerns one whom it mentions. */
    private static boolean ringsFor(Preferences preferences, Instant now) {
        return !preferences.isMuted(now) && preferences.notifyLevel() != NotifyLevel.NONE;
    }

    private static boolean isNotified(String userId, Preferences preferences, Message message, Instant now) {
        return !preferences.isMuted(now)
                && switch (preferences.notifyLevel()) {
                    case ALL -> true;
                    case MENTIONS -> message.mentions(userId);
                    case NONE -> false;
                };
    }
}
