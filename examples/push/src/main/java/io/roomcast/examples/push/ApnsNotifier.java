package io.roomcast.examples.push;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.ApnsPayloadBuilder;
import com.eatthepath.pushy.apns.util.SimpleApnsPayloadBuilder;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Sends notifications to iOS devices through the Apple Push Notification service, with Pushy.
 *
 * <p>The fields of a notification are custom properties of the payload. Without a text, the device shows the entry {@value
 * #TEXT_KEY} of the application's localized strings, which its notification service extension can replace. Safe for use by
 * any thread.
 */
public final class ApnsNotifier implements PushNotifier {
    /** The platform: {@value}. */
    public static final String PLATFORM = "apns";

    private static final String TEXT_KEY = "chat.message";
    private static final Pattern TOKEN = Pattern.compile("[0-9a-fA-F]{64,200}");
    private static final int LIMIT_SECONDS = 10;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    private static final int FORBIDDEN = 403;
    private static final Set<String> GONE =
            Set.of("BadDeviceToken", "DeviceTokenNotForTopic", "ExpiredToken", "Unregistered");

    private final ApnsClient client;
    private final String bundleId;
    private final Clock clock;

    /**
     * Creates a notifier.
     *
     * @param client sends the notifications; the caller closes it
     * @param bundleId the id of the application, such as {@code com.example.chat}
     * @param clock the system's clock, except in tests
     */
    public ApnsNotifier(ApnsClient client, String bundleId, Clock clock) {
        this.client = client;
        this.bundleId = bundleId;
        this.clock = clock;
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
    public void check(PushDevice device) {
        if (!TOKEN.matcher(device.token()).matches()) {
            throw ChatException.invalid("token", "64 to 200 hexadecimal digits");
        }
    }

    @Override
    public PushResult send(PushDevice device, PushMessage message) throws InterruptedException {
        try {
            return result(client.sendNotification(notification(device, message)).get(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException failure) {
            return PushResult.later();
        }
    }

    private SimpleApnsPushNotification notification(PushDevice device, PushMessage message) {
        boolean isSilent = message.type() == PushMessage.Type.READ;
        boolean waits = isSilent || message.urgency() == PushMessage.Urgency.LOW;
        return new SimpleApnsPushNotification(
                device.token(),
                bundleId,
                payload(message, isSilent),
                clock.instant().plus(message.timeToLive()),
                waits ? DeliveryPriority.CONSERVE_POWER : DeliveryPriority.IMMEDIATE,
                isSilent ? PushType.BACKGROUND : PushType.ALERT,
                message.topic());
    }

    private static String payload(PushMessage message, boolean isSilent) {
        ApnsPayloadBuilder payload = new SimpleApnsPayloadBuilder();
        NotificationFields.of(message).forEach(payload::addCustomProperty);
        if (message.badge() != null) {
            payload.setBadgeNumber(Math.toIntExact(message.badge()));
        }
        if (isSilent) {
            return payload.setContentAvailable(true).build();
        }
        payload.setThreadId(message.topic()).setMutableContent(true).setAlertTitle(message.title());
        boolean isQuiet = message.urgency() == PushMessage.Urgency.LOW;
        if (!isQuiet) {
            payload.setSound(ApnsPayloadBuilder.DEFAULT_SOUND_FILENAME);
        }
        return (message.body() == null
                        ? payload.setLocalizedAlertMessage(TEXT_KEY)
                        : payload.setAlertBody(message.body()))
                .build();
    }

    private static PushResult result(PushNotificationResponse<?> response) {
        String reason = response.getRejectionReason().orElse("status " + response.getStatusCode());
        int status = response.getStatusCode();
        if (response.isAccepted()) {
            return PushResult.delivered();
        }
        if (GONE.contains(reason)) {
            return PushResult.gone();
        }
        if (status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS) {
            return PushResult.later();
        }
        return status == FORBIDDEN ? PushResult.refused(reason) : PushResult.invalid(reason);
    }
}
