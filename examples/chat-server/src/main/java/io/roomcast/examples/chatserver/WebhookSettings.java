package io.roomcast.examples.chatserver;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.Follower;
import io.roomcast.chat.socketio.webhook.Webhook;
import io.roomcast.chat.spi.ChatMetrics;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the webhook. Immutable.
 *
 * @param uri the endpoint
 * @param secrets the secrets that sign the calls, at least one
 * @param resume whether to resume it if it is paused
 */
record WebhookSettings(URI uri, List<String> secrets, boolean resume) {
    static final String URL = "CHAT_WEBHOOK_URL";
    static final String SECRET = "CHAT_WEBHOOK_SECRET";
    static final String RESUME = "CHAT_WEBHOOK_RESUME";

    private static final String HIDDEN = "(not shown)";

    WebhookSettings {
        secrets = List.copyOf(secrets);
    }

    /** Returns the settings; empty if no endpoint is set, and with an error for invalid ones. */
    static Optional<WebhookSettings> read(Environment environment) {
        Optional<String> url = environment.text(URL);
        Optional<String> secret = environment.text(SECRET);
        if (url.isEmpty() && secret.isPresent()) {
            environment.addError(SECRET, HIDDEN, "together with " + URL);
        }
        if (url.isPresent() && secret.isEmpty()) {
            environment.addError(SECRET, "none", "whsec_ and 24 to 64 bytes in Base64, with " + URL);
        }
        return url.isPresent() && secret.isPresent()
                ? read(environment, url.get(), List.of(secret.get().split("\\s+")))
                : Optional.empty();
    }

    private static Optional<WebhookSettings> read(Environment environment, String url, List<String> secrets) {
        Optional<URI> uri = uri(url);
        if (uri.isEmpty()) {
            environment.addError(URL, HIDDEN, "an https or http URL without a user");
        }
        if (!secrets.stream().allMatch(WebhookSettings::isSecret)) {
            environment.addError(SECRET, HIDDEN, "whsec_ and 24 to 64 bytes in Base64; several separated by spaces");
        }
        boolean resume = environment.flag(RESUME, "true", "false", false);
        return uri.map(valid -> new WebhookSettings(valid, secrets, resume));
    }

    private static Optional<URI> uri(String url) {
        try {
            URI uri = URI.create(url);
            Webhook.Builder unused = Webhook.to(uri);
            return Optional.of(uri);
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    private static boolean isSecret(String secret) {
        try {
            Webhook.Builder unused = Webhook.to(URI.create("http://localhost")).secret(secret);
            return true;
        } catch (IllegalArgumentException invalid) {
            return false;
        }
    }

    /** Has a chat send its messages to the endpoint, and counts the calls. */
    void follow(ChatService chat, ChatMetrics metrics) {
        Follower follower = chat.follow("webhook", webhook(metrics));
        if (resume) {
            follower.resume();
        }
    }

    private Webhook webhook(ChatMetrics metrics) {
        Webhook.Builder builder = Webhook.to(uri).metrics(metrics);
        secrets.forEach(builder::secret);
        return builder.build();
    }

    /** Returns the settings without the secrets and the path, which may be one. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost();
    }
}
