package io.roomcast.chat.socketio.webhook;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.socketio.internal.outgoing.HttpCalls;
import io.roomcast.chat.spi.ChatFollower;
import io.roomcast.chat.spi.ChatMetrics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every message and every change of a message to an HTTP endpoint, by the specification Standard Webhooks. It is a
 * follower, so no event is missed, also after a crash of the server or the receiver:
 *
 * <pre>{@code
 * Webhook webhook = Webhook.to(URI.create("https://crm.example.com/chat"))
 *         .secret("whsec_…")
 *         .build();
 * Follower crm = server.chat().follow("crm", webhook);
 * }</pre>
 *
 * <p>Each call is a {@code POST} with the headers {@code webhook-id}, {@code webhook-timestamp} and {@code
 * webhook-signature}, and a body of at most 20 KiB: {@code {"type", "timestamp", "data"}}. The type is {@code message.sent},
 * {@code message.edited}, which is also sent for reactions, or {@code message.deleted}. The data are those of the event that
 * clients receive. If they are too large, they are {@code {conversationId, messageId, seq, version, truncated: true}}.
 *
 * <p>The events of a conversation are sent one after the other, in their order. An event may be sent more than once, with
 * the same {@code webhook-id}. It is accepted by a response with status 200 to 299 within 10 s. Otherwise it is sent again
 * after 5 s, 1, 5 and 30 minutes, 2, 5 and 10 hours, each longer or shorter by up to a tenth, or later, if {@code
 * Retry-After} says so. After the last attempt, or with status 410, the follower is {@linkplain
 * io.roomcast.chat.Follower#pause paused}, also on other servers and after a restart, and the log says so. {@link
 * io.roomcast.chat.Follower#resume} continues where it stopped.
 *
 * <p>Redirects are not followed. Safe for use by any thread.
 */
public final class Webhook implements ChatFollower {
    private static final Logger log = LoggerFactory.getLogger(Webhook.class);

    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10));

    /** A delay is longer or shorter by up to this part. */
    private static final double JITTER = 0.1;

    private static final Set<String> TYPES = Set.of(WebhookEvent.SENT, WebhookEvent.EDITED, WebhookEvent.DELETED);

    private final WebhookCalls calls;
    private final Set<String> types;
    private final Clock clock;
    private final String host;
    private final WebhookMeter meter;

    private Webhook(Builder builder) {
        this.calls = new WebhookCalls(
                builder.uri, new WebhookSecrets(builder.secrets), builder.publicAddressesOnly, builder.limit);
        this.types = builder.types;
        this.clock = builder.clock;
        this.host = builder.uri.getHost();
        this.meter = new WebhookMeter(builder.metrics);
    }

    /**
     * Returns a builder of a webhook.
     *
     * @param uri the endpoint: {@code https}, or {@code http} for receivers in a trusted network; without a user and a
     *     fragment
     * @throws IllegalArgumentException for any other URI
     */
    public static Builder to(URI uri) {
        boolean isHttp = "https".equalsIgnoreCase(requireNonNull(uri, "uri").getScheme())
                || "http".equalsIgnoreCase(uri.getScheme());
        if (!isHttp || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("uri: expected an https or http URI with a host, without a user");
        }
        return new Builder(uri);
    }

    @Override
    public int maxEvents() {
        return 1;
    }

    @Override
    public void onEvents(String conversationId, List<ChatEvent> events) throws Exception {
        requireNonNull(conversationId, "conversationId");
        for (ChatEvent event : requireNonNull(events, "events")) {
            WebhookEvent sent = WebhookEvent.of(event);
            if (types.contains(sent.type())) {
                send(sent);
            }
        }
    }

    private void send(WebhookEvent event) throws WebhookFailure, InterruptedException {
        try {
            calls.send(event, clock.instant().getEpochSecond());
            meter.accepted();
        } catch (WebhookFailure failure) {
            meter.failed(failure);
            throw failure;
        }
    }

    @Override
    public Optional<Duration> retryAfter(Throwable failure, int attempts) {
        requireNonNull(failure, "failure");
        if (failure instanceof WebhookFailure refusal) {
            log.debug("the webhook at {} failed: {} (attempt {})", host, refusal.getMessage(), attempts);
            if (refusal.isGone()) {
                log.warn("the webhook at {} answered 410 and is paused", host);
                meter.paused();
                return Optional.empty();
            }
        }
        if (attempts > DELAYS.size()) {
            log.warn(
                    "the webhook at {} failed {} times with one event and is paused: {}",
                    host,
                    attempts,
                    reason(failure));
            meter.paused();
            return Optional.empty();
        }
        Duration delay = jittered(DELAYS.get(attempts - 1));
        Duration wanted = failure instanceof WebhookFailure refusal ? refusal.retryAfter() : null;
        return Optional.of(wanted == null || wanted.compareTo(delay) < 0 ? delay : wanted);
    }

    private static String reason(Throwable failure) {
        return failure instanceof WebhookFailure
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName();
    }

    private static Duration jittered(Duration delay) {
        double factor = 1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble();
        return Duration.ofMillis(Math.round(delay.toMillis() * factor));
    }

    /** Builds a webhook. Not safe for use by several threads. */
    public static final class Builder {
        private final URI uri;
        private final List<String> secrets = new ArrayList<>();
        private Set<String> types = TYPES;
        private Clock clock = Clock.systemUTC();
        private ChatMetrics metrics = ChatMetrics.none();
        private boolean publicAddressesOnly;
        private Duration limit = HttpCalls.LIMIT;

        private Builder(URI uri) {
            this.uri = uri;
        }

        /**
         * Adds a secret with which calls are signed. To change the secret, add the new and the old one until the receiver
         * knows the new one. Required.
         *
         * @param secret {@code whsec_} and 24 to 64 random bytes in Base64
         * @throws IllegalArgumentException for any other text, which the message does not repeat
         */
        public Builder secret(String secret) {
            if (!WebhookSecrets.isValid(requireNonNull(secret, "secret"))) {
                throw new IllegalArgumentException("secret: expected whsec_ and 24 to 64 bytes in Base64");
            }
            secrets.add(secret);
            return this;
        }

        /**
         * Sets which events are sent. Default: all.
         *
         * @param types at least one of {@code message.sent}, {@code message.edited} and {@code message.deleted}
         * @throws IllegalArgumentException for none and for any other type
         */
        public Builder events(String... types) {
            Set<String> wanted = Checks.set(Arrays.asList(requireNonNull(types, "types")), "types");
            if (wanted.isEmpty() || !TYPES.containsAll(wanted)) {
                throw new IllegalArgumentException("types: " + wanted + " (expected: some of " + TYPES + ")");
            }
            this.types = wanted;
            return this;
        }

        /**
         * Refuses addresses of this machine and of private networks at each call. Use it if customers enter
         * the URI. A name may still change its address between this check and the call, so also let a proxy or a
         * firewall hold this.
         */
        public Builder publicAddressesOnly() {
            publicAddressesOnly = true;
            return this;
        }

        /** Sets the clock for the time in the signature. Default: the system's clock. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets what receives the number of calls by their outcome, such as the metrics of the server. The default is
         * {@link ChatMetrics#none()}.
         */
        public Builder metrics(ChatMetrics metrics) {
            this.metrics = requireNonNull(metrics, "metrics");
            return this;
        }

        /** Sets the time limit of a call. */
        Builder limit(Duration limit) {
            this.limit = limit;
            return this;
        }

        /**
         * Returns the webhook.
         *
         * @throws IllegalArgumentException without a secret
         */
        public Webhook build() {
            if (secrets.isEmpty()) {
                throw new IllegalArgumentException("secret: none (expected: at least one)");
            }
            return new Webhook(this);
        }
    }
}
