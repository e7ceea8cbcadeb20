package io.roomcast.chat.internal.push;

import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.PushMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Sends push notifications of calls. Safe for use by any thread; never blocks. */
public final class CallNotifications {
    /** How long a push service keeps the notification of a missed call for a device that is off; as of a message. */
    private static final Duration MISSED = Duration.ofDays(1);

    /** The notification that a call was answered only replaces the ring, so it is soon of no use. */
    private static final Duration ANSWERED = Duration.ofHours(1);

    /**
     * A call that rings, or rang.
     *
     * @param from the user who started it
     * @param media what the call is meant to transmit
     * @param userIds the users whose devices ring, or rang
     */
    public record Ringing(String callId, String conversationId, String from, CallMedia media, Set<String> userIds) {}

    private final CallPushes pushes;
    private final Clock clock;

    CallNotifications(CallPushes pushes, Clock clock) {
        this.pushes = pushes;
        this.clock = clock;
    }

    /** A call rings until a time. */
    public void rings(Ringing call, Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        pushes.send(pushed(
                PushMessage.Type.CALL,
                call,
                Map.of("media", call.media().wireName(), "expiresAt", until.toString()),
                left.isNegative() ? Duration.ZERO : left));
    }

    /**
     * A call no longer rings.
     *
     * @param isHere whether this server notifies the devices; else it only sends no ring any more
     */
    public void stops(Ringing call, CallOutcome reason, boolean isHere) {
        PushedCall end = pushed(
                PushMessage.Type.CALL_ENDED,
                call,
                Map.of("media", call.media().wireName(), "reason", reason.wireName()),
                isAnswer(reason) ? ANSWERED : MISSED);
        if (isHere) {
            pushes.send(end);
        } else {
            pushes.endedElsewhere(end);
        }
    }

    private static boolean isAnswer(CallOutcome reason) {
        return switch (reason) {
            case ANSWERED_ELSEWHERE, DECLINED_ELSEWHERE, DECLINED -> true;
            case COMPLETED, MISSED, BUSY, CANCELLED, FAILED, LOST -> false;
        };
    }

    private static PushedCall pushed(
            PushMessage.Type type, Ringing call, Map<String, String> data, Duration timeToLive) {
        return new PushedCall(
                type, call.callId(), call.conversationId(), call.from(), call.userIds(), data, timeToLive);
    }
}
