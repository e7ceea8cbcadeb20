package io.roomcast.chat.internal.push;

import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.internal.port.PushSettings;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.model.PushMessage.Urgency;
import io.roomcast.chat.model.QuietHours;
import io.roomcast.chat.spi.ConversationStore;
import io.roomcast.chat.spi.PushContent;
import io.roomcast.chat.spi.PushContent.Text;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Composes notifications from what is known at the time of sending. Blocks for the store and the host. */
final class PushComposer {
    private final HostPort port = new HostPort("content of push notifications");
    private final ConversationStore store;
    private final Recipients recipients;
    private final PushContent content;
    private final Clock clock;

    PushComposer(ConversationStore store, Recipients recipients, PushSettings settings, Clock clock) {
        this.store = store;
        this.recipients = recipients;
        this.content = settings.content();
        this.clock = clock;
    }

    /**
     * Returns the notification of a message for a device. That of the message about a call replaces those of its ringing.
     *
     * @param unread the number of the user's unread messages in each conversation
     */
    PushMessage compose(PushDevice device, Message message, Map<String, Long> unread, Instant expiresAt) {
        Instant now = clock.instant();
        String conversationId = message.conversationId();
        RecordedCall call = RecordedCall.of(message);
        PushMessage.Type type = call == null ? PushMessage.Type.MESSAGE : PushMessage.Type.CALL_ENDED;
        Text text = text(type, device, conversationId, message.senderId(), call == null ? message : null);
        QuietHours quiet = device.quiet();
        return new PushMessage(
                type,
                conversationId + ":" + message.seq(),
                PushMessage.topicOf(call == null ? conversationId : call.callId()),
                conversationId,
                message.seq(),
                message.id(),
                unread.getOrDefault(conversationId, 0L),
                sum(unread),
                text.title(),
                text.body(),
                call == null ? Map.of() : Map.of("callId", call.callId(), "reason", call.outcome()),
                quiet != null && quiet.contains(now) ? Urgency.LOW : Urgency.NORMAL,
                Duration.between(now, expiresAt));
    }

    /**
     * Returns the notification that removes what a device shows of a conversation. It shows nothing.
     *
     * @param seq the highest sequence number that the user has read
     * @param unread the number of the user's unread messages in each conversation
     */
    PushMessage composeRead(PendingPush shown, long seq, Map<String, Long> unread, Duration timeToLive) {
        String conversationId = shown.conversationId();
        return new PushMessage(
                PushMessage.Type.READ,
                conversationId + ":" + seq + ":read",
                PushMessage.topicOf(conversationId),
                conversationId,
                seq,
                null,
                unread.getOrDefault(conversationId, 0L),
                sum(unread),
                null,
                null,
                Map.of(),
                Urgency.LOW,
                timeToLive);
    }

    private static long sum(Map<String, Long> unread) {
        return unread.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the notification about a call for a device. It ignores quiet hours. */
    PushMessage compose(PushDevice device, PushedCall call, Duration timeToLive) {
        Text text = text(call.type(), device, call.conversationId(), call.callerId(), null);
        return new PushMessage(
                call.type(),
                call.type() == PushMessage.Type.CALL ? call.callId() : call.callId() + ":ended",
                PushMessage.topicOf(call.callId()),
                call.conversationId(),
                0,
                null,
                0,
                null,
                text.title(),
                text.body(),
                data(call),
                Urgency.HIGH,
                timeToLive);
    }

    private static Map<String, String> data(PushedCall call) {
        Map<String, String> data = new HashMap<>(call.data());
        data.put("callId", call.callId());
        return data;
    }

    private Text text(
            PushMessage.Type type,
            PushDevice device,
            String conversationId,
            String senderId,
            @Nullable Message message) {
        if (content == PushContent.none()) {
            return Text.NONE;
        }
        String name = recipients.nameOf().apply(device.userId(), senderId);
        String title =
                store.conversation(conversationId).map(Conversation::title).orElse(null);
        try {
            @Nullable Text text = content.text(new PushContent.Subject(type, device, senderId, name, title, message));
            if (text != null) {
                return text;
            }
            port.warn("returned null");
        } catch (RuntimeException failure) {
            port.warn("failed with " + HostPort.describe(failure));
        }
        return Text.NONE;
    }
}
