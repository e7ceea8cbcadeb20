package io.roomcast.chat.socketio.internal.settings;

import io.roomcast.chat.model.Limit;
import java.util.List;
import java.util.stream.Stream;

/** The limits as settings, each derived from {@link Limit}. */
final class LimitSettings {
    static final List<Setting> ALL =
            Stream.of(Limit.values()).map(LimitSettings::setting).toList();

    private static final int GROUP = 3;

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

    /** Returns a number with a comma after each thousand. A format would load the data of locales, at each start. */
    static String text(long number) {
        StringBuilder digits = new StringBuilder(Long.toString(number));
        for (int comma = digits.length() - GROUP; comma > 0; comma -= GROUP) {
            digits.insert(comma, ',');
        }
        return digits.toString();
    }
}
