package io.roomcast.chat.internal.port;

import io.roomcast.chat.spi.PushContent;
import io.roomcast.chat.spi.PushNotifier;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How push notifications are sent.
 *
 * @param notifiers sends those of each platform; empty if none are sent
 * @param content decides what they say
 * @param whenOffline the delay for a user without a session
 * @param whenConnected the delay for a user with sessions, none of which views the conversation
 * @param clientSettings what clients need to register devices, by platform
 */
public record PushSettings(
        List<PushNotifier> notifiers,
        PushContent content,
        Duration whenOffline,
        Duration whenConnected,
        Map<String, Map<String, String>> clientSettings) {
    /** Copies the collections. */
    public PushSettings {
        notifiers = List.copyOf(notifiers);
        clientSettings = Map.copyOf(clientSettings);
    }

    /** Creates settings with what the notifiers state for clients. */
    public PushSettings(
            List<PushNotifier> notifiers, PushContent content, Duration whenOffline, Duration whenConnected) {
        this(notifiers, content, whenOffline, whenConnected, clientSettings(notifiers));
    }

    private static Map<String, Map<String, String>> clientSettings(List<PushNotifier> notifiers) {
        Map<String, Map<String, String>> settings = new HashMap<>();
        notifiers.forEach(notifier -> settings.put(notifier.platform(), Map.copyOf(notifier.clientSettings())));
        return settings;
    }

    /** Returns the names of the platforms. */
    public List<String> platforms() {
        return notifiers.stream().map(PushNotifier::platform).toList();
    }
}
