package io.roomcast.chat.internal.push;

import io.roomcast.chat.model.PushMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A call of which devices are notified immediately.
 *
 * @param type {@link PushMessage.Type#CALL} while it rings; {@link PushMessage.Type#CALL_ENDED} replaces that notification
 * @param callId the call
 * @param conversationId its conversation
 * @param callerId the user who calls
 * @param userIds the users to notify on all their devices
 * @param data more fields for the application, such as the reason of the end
 * @param timeToLive how long the notification is of use: while it rings, the rest of the ring
 */
record PushedCall(
        PushMessage.Type type,
        String callId,
        String conversationId,
        String callerId,
        Set<String> userIds,
        Map<String, String> data,
        Duration timeToLive) {
    /** Returns whether it is about the end of the ringing. */
    boolean isEnd() {
        return type == PushMessage.Type.CALL_ENDED;
    }
}
