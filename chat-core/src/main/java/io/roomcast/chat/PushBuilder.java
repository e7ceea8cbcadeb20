package io.roomcast.chat;

import io.roomcast.chat.internal.port.PushSettings;
import io.roomcast.chat.spi.PushContent;
import io.roomcast.chat.spi.PushNotifier;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects how push notifications are sent. Not safe for use by several threads. */
final class PushBuilder {
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private List<PushNotifier> notifiers = List.of();
    private PushContent content = PushContent.none();
    private Duration whenOffline = Duration.ofSeconds(1);
    private Duration whenConnected = Duration.ofSeconds(30);

    void notifiers(List<PushNotifier> added) {
        Set<String> platforms = new HashSet<>();
        for (PushNotifier notifier : added) {
            String platform = notifier.platform();
            if (!PLATFORM.matcher(platform).matches() || !platforms.add(platform)) {
                throw new IllegalArgumentException("notifiers: the platform " + platform
                        + " (expected: 1 to 32 small letters, digits and hyphens, each once)");
            }
        }
        notifiers = added;
    }

    void content(PushContent chosen) {
        content = chosen;
    }

    void delay(Duration offline, Duration connected) {
        whenOffline = checked(offline, "whenOffline");
        whenConnected = checked(connected, "whenConnected");
    }

    private static Duration checked(Duration delay, String name) {
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException(name + ": " + delay + " (expected: zero to " + LONGEST_DELAY + ")");
        }
        return delay;
    }

    PushSettings settings() {
        return new PushSettings(notifiers, content, whenOffline, whenConnected);
    }
}
