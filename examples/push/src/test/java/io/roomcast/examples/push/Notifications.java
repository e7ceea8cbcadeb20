package io.roomcast.examples.push;

import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Notifications and devices of the tests. */
final class Notifications {
    private Notifications() {}

    static PushDevice device(String platform, String token) {
        return new PushDevice("device", "ann", platform, token, Map.of(), null, null, Instant.EPOCH, 0);
    }

    static PushMessage message(String title, String body, PushMessage.Urgency urgency) {
        return new PushMessage(
                PushMessage.Type.MESSAGE,
                "room:7",
                "topic",
                "room",
                7,
                "message-7",
                3,
                12L,
                title,
                body,
                Map.of(),
                urgency,
                Duration.ofHours(1));
    }

    static PushMessage read() {
        return new PushMessage(
                PushMessage.Type.READ,
                "room:7",
                "topic",
                "room",
                7,
                null,
                0,
                9L,
                null,
                null,
                Map.of(),
                PushMessage.Urgency.LOW,
                Duration.ofHours(1));
    }

    /** Returns an answer as a test expects it: the outcome, the time and the reason. */
    static String text(PushResult result) {
        return result.outcome()
                + (result.retryAfter() == null ? "" : " after " + result.retryAfter())
                + (result.reason().isEmpty() ? "" : ": " + result.reason());
    }
}
