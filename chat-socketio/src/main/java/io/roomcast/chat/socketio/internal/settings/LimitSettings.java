package io.roomcast.chat.socketio.internal.settings;

import io.roomcast.chat.model.Limit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The limits as settings, each derived from {@link Limit}. */
final class LimitSettings {
    static final List<Setting> ALL =
            Stream.of(Limit.values()).map(LimitSettings::setting).toList();

    private LimitSettings() {}

    private static Setting setting(Limit limit) {
        return new Setting(
                limit.settingName(),
                "CHAT_" + limit.name(),
                text(limit.defaultAmount()),
                limit.unit(),
                text(limit.min()) + " to " + text(limit.max()),
                limit.meaning(),
                (options, value) -> options.limits().set(limit, Long.parseLong(value)));
    }

    private static String text(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
