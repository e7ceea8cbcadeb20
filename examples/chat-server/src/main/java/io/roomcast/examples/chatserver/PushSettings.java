package io.roomcast.examples.chatserver;

import io.roomcast.chat.socketio.push.VapidKeys;
import io.roomcast.chat.socketio.push.WebPush;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of notifications to browsers. Immutable.
 *
 * @param keys the keys of this chat
 * @param subject how the operators of push services can reach the operator of this server
 * @param services push services in addition to the known ones
 */
record PushSettings(VapidKeys keys, String subject, List<String> services) {
    static final String PUBLIC_KEY = "CHAT_PUSH_PUBLIC_KEY";
    static final String PRIVATE_KEY = "CHAT_PUSH_PRIVATE_KEY";
    static final String SUBJECT = "CHAT_PUSH_SUBJECT";
    static final String SERVICES = "CHAT_PUSH_SERVICES";

    private static final String HIDDEN = "(not shown)";
    private static final String NONE = "none";

    PushSettings {
        services = List.copyOf(services);
    }

    /** Returns the lines that set new keys. */
    static List<String> newKeys() {
        VapidKeys keys = VapidKeys.generate();
        return List.of(PUBLIC_KEY + "=" + keys.publicKey(), PRIVATE_KEY + "=" + keys.privateKey());
    }

    /** Returns the settings; empty if no variable is set, and with an error for incomplete and invalid ones. */
    static Optional<PushSettings> read(Environment environment) {
        List<String> required = List.of(PUBLIC_KEY, PRIVATE_KEY, SUBJECT);
        boolean isWanted = Stream.concat(required.stream(), Stream.of(SERVICES))
                .anyMatch(name -> environment.text(name).isPresent());
        List<String> missing = required.stream()
                .filter(name -> environment.text(name).isEmpty())
                .toList();
        if (isWanted) {
            missing.forEach(name -> environment.addError(
                    name, NONE, "a value, as the other variables of push are set; --vapid-keys makes keys"));
        }
        return isWanted && missing.isEmpty() ? readAll(environment) : Optional.empty();
    }

    private static Optional<PushSettings> readAll(Environment environment) {
        String subject = environment.text(SUBJECT).orElseThrow();
        List<String> services = environment
                .text(SERVICES)
                .map(text -> List.of(text.split("\\s+")))
                .orElse(List.of());
        Optional<VapidKeys> keys = keys(
                environment.text(PUBLIC_KEY).orElseThrow(),
                environment.text(PRIVATE_KEY).orElseThrow());
        if (keys.isEmpty()) {
            environment.addError(PRIVATE_KEY, HIDDEN, "the key that --vapid-keys printed with " + PUBLIC_KEY);
        }
        if (!isValid(subject, List.of())) {
            environment.addError(SUBJECT, subject, "mailto: and an address, or an https URL");
        } else if (!isValid(subject, services)) {
            environment.addError(
                    SERVICES, String.join(" ", services), "hosts, optionally with *. before and a port behind them");
        }
        return keys.map(valid -> new PushSettings(valid, subject, services));
    }

    private static Optional<VapidKeys> keys(String publicKey, String privateKey) {
        try {
            return Optional.of(VapidKeys.of(publicKey, privateKey));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    private static boolean isValid(String subject, List<String> services) {
        try {
            WebPush.Builder unused =
                    WebPush.builder(VapidKeys.generate(), subject).pushServices(services.toArray(String[]::new));
            return true;
        } catch (IllegalArgumentException invalid) {
            return false;
        }
    }

    /** Returns what sends the notifications. */
    WebPush webPush() {
        return WebPush.builder(keys, subject)
                .pushServices(services.toArray(String[]::new))
                .build();
    }
}
