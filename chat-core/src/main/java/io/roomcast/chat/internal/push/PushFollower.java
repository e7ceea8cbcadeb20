package io.roomcast.chat.internal.push;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.internal.port.PushSettings;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.spi.ChatFollower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans notifications of stored messages: for members with devices who wish to be notified and have not read the message.
 * Whether one is sent is decided when it is due: a user who looks at the conversation now may turn away without having read
 * it. Blocks for the store.
 */
final class PushFollower implements ChatFollower {
    private final Devices devices;
    private final Recipients recipients;
    private final PushSettings settings;
    private final PushQueue queue;

    PushFollower(Devices devices, Recipients recipients, PushSettings settings, PushQueue queue) {
        this.devices = devices;
        this.recipients = recipients;
        this.settings = settings;
        this.queue = queue;
    }

    @Override
    public void onEvents(String conversationId, List<ChatEvent> events) {
        Instant oldest = queue.now().minus(PendingPush.TIME_TO_LIVE);
        List<Message> newestFirst = events.stream()
                .filter(MessageSent.class::isInstance)
                .map(event -> ((MessageSent) event).message())
                .filter(message -> !message.isDeleted() && message.createdAt().isAfter(oldest))
                .sorted(Comparator.comparingLong(Message::seq).reversed())
                .toList();
        if (!newestFirst.isEmpty()) {
            plan(conversationId, newestFirst);
        }
    }

    private void plan(String conversationId, List<Message> newestFirst) {
        Map<String, Long> readSeqs = recipients.members().apply(conversationId);
        Map<String, List<Devices.Name>> devicesOf = devices.recent(readSeqs.keySet());
        Map<String, Message> newest = newestFor(readSeqs, devicesOf.keySet(), newestFirst);
        if (newest.isEmpty()) {
            return;
        }
        Set<String> connected = recipients.connected().apply(newest.keySet());
        List<PendingPush> planned = new ArrayList<>();
        newest.forEach((userId, message) -> {
            Duration delay = connected.contains(userId) ? settings.whenConnected() : settings.whenOffline();
            Instant at = message.createdAt().plus(delay);
            devicesOf
                    .getOrDefault(userId, List.of())
                    .forEach(device -> planned.add(new PendingPush(
                            device.id(),
                            device.platform(),
                            userId,
                            conversationId,
                            message.seq(),
                            message.createdAt(),
                            0,
                            at)));
        });
        queue.add(conversationId, planned);
    }

    /** Returns the newest message of which each user is to be notified. */
    private Map<String, Message> newestFor(
            Map<String, Long> readSeqs, Set<String> withDevices, List<Message> newestFirst) {
        Map<String, Message> newest = new HashMap<>();
        for (Message message : newestFirst) {
            Set<String> candidates = withDevices.stream()
                    .filter(userId -> !newest.containsKey(userId) && !userId.equals(message.senderId()))
                    .filter(userId -> readSeqs.getOrDefault(userId, 0L) < message.seq())
                    .collect(Collectors.toSet());
            if (!candidates.isEmpty()) {
                recipients.notified().apply(candidates, message).forEach(userId -> newest.put(userId, message));
            }
        }
        return newest;
    }
}
