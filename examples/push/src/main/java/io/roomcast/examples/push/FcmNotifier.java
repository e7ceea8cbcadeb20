package io.roomcast.examples.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Sends notifications to Android devices through Firebase Cloud Messaging, by its HTTP v1 API.
 *
 * <p>The fields of a notification are its {@code data}. A notification with a title is shown by the device itself; another
 * one is passed to the application, which shows what it chooses. Safe for use by any thread.
 */
public final class FcmNotifier implements PushNotifier {
    /** The platform: {@value}. */
    public static final String PLATFORM = "fcm";

    /** The address of the service: {@value}. */
    public static final String SERVICE = "https://fcm.googleapis.com";

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration MAX_TIME_TO_LIVE = Duration.ofDays(28);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI uri;
    private final FcmAccess access;

    /**
     * Creates a notifier.
     *
     * @param service {@link #SERVICE}, except in tests
     * @param project the id of the Firebase project
     * @param access returns the tokens that admit this server
     */
    public FcmNotifier(URI service, String project, FcmAccess access) {
        this.uri = service.resolve("/v1/projects/" + project + "/messages:send");
        this.access = access;
    }

    @Override
    public String platform() {
        return PLATFORM;
    }

    /** Returns true: a device removes what its user has read elsewhere. */
    @Override
    public boolean silent() {
        return true;
    }

    @Override
    public PushResult send(PushDevice device, PushMessage message) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + access.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(device, message)))
                .build();
        return result(client.send(request, HttpResponse.BodyHandlers.discarding()));
    }

    private static String body(PushDevice device, PushMessage message) throws JsonProcessingException {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode sent = body.putObject("message").put("token", device.token());
        ObjectNode data = sent.putObject("data");
        NotificationFields.of(message).forEach(data::put);
        if (message.title() != null) {
            sent.putObject("notification").put("title", message.title()).put("body", message.body());
        }
        sent.set("android", android(message));
        return JSON.writeValueAsString(body);
    }

    private static ObjectNode android(PushMessage message) {
        boolean waits = message.urgency() == PushMessage.Urgency.LOW;
        ObjectNode android = JSON.createObjectNode()
                .put("collapse_key", message.topic())
                .put("priority", waits ? "NORMAL" : "HIGH")
                .put("ttl", seconds(message.timeToLive()) + "s");
        if (message.title() != null) {
            ObjectNode shown = android.putObject("notification").put("tag", message.topic());
            if (message.badge() != null) {
                shown.put("notification_count", message.badge());
            }
        }
        return android;
    }

    private static long seconds(Duration timeToLive) {
        return timeToLive.compareTo(MAX_TIME_TO_LIVE) > 0 ? MAX_TIME_TO_LIVE.toSeconds() : timeToLive.toSeconds();
    }

    private PushResult result(HttpResponse<?> response) {
        String reason = "status " + response.statusCode();
        return switch (response.statusCode()) {
            case 200 -> PushResult.delivered();
            case 404 -> PushResult.gone();
            case 400, 413 -> PushResult.invalid(reason);
            case 401 -> {
                access.renew();
                yield PushResult.refused(reason);
            }
            case 403 -> PushResult.refused(reason);
            default -> later(response);
        };
    }

    private static PushResult later(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> PushResult.later(Duration.ofSeconds(Long.parseLong(value))))
                .orElseGet(PushResult::later);
    }
}
