package io.roomcast.chat.socketio.push;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.socketio.internal.outgoing.HttpAnswer;
import io.roomcast.chat.socketio.internal.outgoing.HttpCalls;
import io.roomcast.chat.socketio.internal.outgoing.NoAnswerException;
import io.roomcast.chat.socketio.push.PushServices.Endpoint;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notifications to browsers by Web Push (RFC 8030), encrypted for the browser (RFC 8291) and signed by this server
 * (RFC 8292), with {@code com.zerodeplibs:zerodep-web-push-java}, which the host adds to its dependencies:
 *
 * <pre>{@code
 * VapidKeys keys = VapidKeys.of(publicKey, privateKey);
 * ChatServer server = ChatServer.builder()
 *         .push(WebPush.builder(keys, "mailto:ops@example.com").build())
 *         .build();
 * }</pre>
 *
 * <p>The platform is {@value #PLATFORM}. The token of a device is the endpoint of its subscription; its keys are
 * {@code p256dh} and {@code auth}. The payload is a JSON object of at most 3,000 bytes: {@code {type, id, tag,
 * conversationId, seq?, messageId?, unread?, badge?, title?, body?, data?, urgency}}. A longer text or title is shortened.
 *
 * <p>Endpoints are chosen by clients. So this server only calls those of known push services: {@code https} and port 443,
 * at {@code fcm.googleapis.com}, {@code updates.push.services.mozilla.com}, {@code *.push.apple.com} and {@code
 * *.notify.windows.com}, and others that the host {@linkplain Builder#pushServices adds}. It does not follow redirects,
 * ignores response bodies, and waits at most 10 s. An endpoint is checked when a device is registered and at each
 * notification.
 *
 * <p>Safe for use by any thread.
 */
public final class WebPush implements PushNotifier {
    /** The platform: {@value}. */
    public static final String PLATFORM = "web";

    private static final Logger log = LoggerFactory.getLogger(WebPush.class);

    /** The longest time that the known push services keep a message. */
    private static final Duration MAX_TIME_TO_LIVE = Duration.ofDays(28);

    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final Set<Integer> REFUSED = Set.of(401, 403);

    /** Windows sends 406 where others send 429. */
    private static final Set<Integer> LATER = Set.of(406, 408, 425, 429);

    private static final int SERVER_ERRORS = 500;

    private final VapidKeys keys;
    private final PushEncryption encryption;
    private final PushServices services;
    private final HttpCalls calls;

    private WebPush(Builder builder) {
        this.keys = builder.keys;
        this.encryption = new PushEncryption(builder.keys, builder.subject);
        this.services = builder.services;
        this.calls = new HttpCalls(builder.limit, builder.sslContext);
    }

    /**
     * Returns a builder.
     *
     * @param keys the keys of this chat, the same on all servers
     * @param subject how the operator of a push service can reach the operator of this server: a {@code mailto:} or {@code
     *     https:} URI. Apple refuses addresses at {@code localhost}
     * @throws IllegalArgumentException for another subject
     */
    public static Builder builder(VapidKeys keys, String subject) {
        return new Builder(requireNonNull(keys, "keys"), requireNonNull(subject, "subject"));
    }

    @Override
    public String platform() {
        return PLATFORM;
    }

    /** Returns the {@code applicationServerKey} with which browsers subscribe. */
    @Override
    public Map<String, String> clientSettings() {
        return Map.of("applicationServerKey", keys.publicKey());
    }

    @Override
    public void check(PushDevice device) {
        requireNonNull(device, "device");
        if (services.find(device.token()).isEmpty()) {
            throw ChatException.invalid("token", "an https URL of a known push service");
        }
        PushEncryption.check(device.keys());
    }

    @Override
    public String service(PushDevice device) {
        return services.find(requireNonNull(device, "device").token())
                .map(Endpoint::origin)
                .orElse(PLATFORM);
    }

    @Override
    public PushResult send(PushDevice device, PushMessage message) throws InterruptedException {
        requireNonNull(device, "device");
        Optional<byte[]> payload = PushPayload.of(requireNonNull(message, "message"));
        Optional<Endpoint> endpoint = services.find(device.token());
        if (payload.isEmpty()) {
            return PushResult.invalid("more than " + PushPayload.MAX_BYTES + " bytes without text");
        }
        if (endpoint.isEmpty()) {
            return PushResult.invalid("the endpoint is not that of a known push service");
        }
        try {
            return send(endpoint.get(), message, PushEncryption.encrypt(device.keys(), payload.get()));
        } catch (ChatException invalid) {
            return PushResult.invalid("the device's keys are invalid");
        }
    }

    private PushResult send(Endpoint endpoint, PushMessage message, byte[] encrypted) throws InterruptedException {
        try {
            return result(calls.send(request(endpoint, message, encrypted)));
        } catch (NoAnswerException failure) {
            log.debug("the push service {} failed: {}", endpoint.origin(), failure.getMessage());
            return PushResult.later();
        }
    }

    private HttpRequest.Builder request(Endpoint endpoint, PushMessage message, byte[] encrypted) {
        return HttpRequest.newBuilder(endpoint.uri())
                .header("Authorization", encryption.authorization(endpoint.origin()))
                .header("Content-Encoding", "aes128gcm")
                .header("Content-Type", "application/octet-stream")
                .header("Topic", message.topic())
                .header("TTL", String.valueOf(seconds(message.timeToLive())))
                .header("Urgency", message.urgency().name().toLowerCase(Locale.ROOT))
                .header("User-Agent", "Roomcast-Push")
                .POST(HttpRequest.BodyPublishers.ofByteArray(encrypted));
    }

    private static long seconds(Duration timeToLive) {
        Duration bounded = timeToLive.compareTo(MAX_TIME_TO_LIVE) > 0 ? MAX_TIME_TO_LIVE : timeToLive;
        return Math.max(0, bounded.toSeconds());
    }

    private static PushResult result(HttpAnswer answer) {
        int status = answer.status();
        String reason = "status " + status;
        if (answer.isAccepted()) {
            return PushResult.delivered();
        }
        if (GONE.contains(status)) {
            return PushResult.gone();
        }
        if (REFUSED.contains(status)) {
            return PushResult.refused(reason);
        }
        if (status < SERVER_ERRORS && !LATER.contains(status)) {
            return PushResult.invalid(reason);
        }
        return answer.retryAfter() == null ? PushResult.later() : PushResult.later(answer.retryAfter());
    }

    /** Returns the platform and the public key. */
    @Override
    public String toString() {
        return "WebPush[" + keys + "]";
    }

    /** Builds an instance. Not safe for use by several threads. */
    public static final class Builder {
        private static final Pattern SUBJECT = Pattern.compile("mailto:[^\\s@]+@[^\\s@]+|https://[^\\s/]+\\S*");

        private final VapidKeys keys;
        private final String subject;
        private PushServices services = PushServices.known();

        @Nullable
        private SSLContext sslContext;

        private Duration limit = HttpCalls.LIMIT;

        private Builder(VapidKeys keys, String subject) {
            if (!SUBJECT.matcher(subject).matches()) {
                throw new IllegalArgumentException(
                        "subject: " + subject + " (expected: mailto: and an address, or an https URL)");
            }
            this.keys = keys;
            this.subject = subject;
        }

        /**
         * Adds push services, such as one that the host runs. Anything that answers at these hosts can be called by any
         * client with any path, so add no others.
         *
         * @param hosts names such as {@code push.example.com}, or {@code *.push.example.com} for all below it; with {@code
         *     :port} unless it is 443
         * @throws IllegalArgumentException for another form
         */
        public Builder pushServices(String... hosts) {
            for (String host : requireNonNull(hosts, "hosts")) {
                services = services.with(requireNonNull(host, "hosts: contains null (expected: no nulls)"));
            }
            return this;
        }

        /** Sets what verifies the certificates of push services. The default is the JVM's. */
        public Builder sslContext(SSLContext sslContext) {
            this.sslContext = requireNonNull(sslContext, "sslContext");
            return this;
        }

        /** Sets the time limit of a call. */
        Builder limit(Duration limit) {
            this.limit = limit;
            return this;
        }

        /**
         * Returns the instance.
         *
         * @throws IllegalStateException if zerodep-web-push-java is not on the class path
         */
        public WebPush build() {
            requireLibrary();
            return new WebPush(this);
        }

        private static void requireLibrary() {
            try {
                Class.forName("com.zerodeplibs.webpush.MessageEncryption", false, WebPush.class.getClassLoader());
            } catch (ClassNotFoundException absent) {
                throw new IllegalStateException(
                        "WebPush needs zerodep-web-push-java: add com.zerodeplibs:zerodep-web-push-java, version 2, to the"
                                + " dependencies",
                        absent);
            }
        }
    }
}
