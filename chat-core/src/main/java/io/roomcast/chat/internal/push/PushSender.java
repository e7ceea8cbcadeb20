package io.roomcast.chat.internal.push;

import static java.util.stream.Collectors.groupingBy;

import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.internal.port.PushSettings;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.MessageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides about notifications that are due, by what is the case now: whether the user is still a member who may read the
 * conversation, wishes to be notified, has not read the message and is not looking. Blocks for the store.
 */
final class PushSender {
    /** The number of the newest messages among which the one to notify of is found. */
    private static final int PAGE = 50;

    private static final Duration PAUSE_AFTER_OUTAGE = Duration.ofSeconds(5);

    private final HostPort port = new HostPort("sender of push notifications");
    private final MessageStore store;
    private final Devices devices;
    private final Recipients recipients;
    private final PushSettings settings;
    private final PushComposer composer;
    private final PushServices services;
    private final PushQueue queue;
    private final PushOutcomes outcomes;

    PushSender(
            MessageStore store,
            Devices devices,
            Recipients recipients,
            PushSettings settings,
            PushComposer composer,
            PushServices services,
            PushQueue queue,
            PushOutcomes outcomes) {
        this.store = store;
        this.devices = devices;
        this.recipients = recipients;
        this.settings = settings;
        this.composer = composer;
        this.services = services;
        this.queue = queue;
        this.outcomes = outcomes;
    }

    /** Sends those of one conversation's notifications that are still needed. */
    void send(String conversationId, List<HeldPush> due) {
        decide(conversationId, due, services::submit);
    }

    /** Returns what is to be sent now of a notification that has waited for its push service; null for nothing. */
    private @Nullable PushDelivery decideAgain(HeldPush one) {
        List<PushDelivery> needed = new ArrayList<>();
        decide(one.stored().conversationId(), List.of(one), needed::add);
        return needed.isEmpty() ? null : needed.get(0);
    }

    private void decide(String conversationId, List<HeldPush> due, Consumer<PushDelivery> receiver) {
        Set<HeldPush> left = new HashSet<>(due);
        try {
            new Round(conversationId, left, receiver).run(due);
        } catch (RuntimeException unavailable) {
            retry(left, unavailable);
        }
    }

    private void retry(Collection<HeldPush> some, RuntimeException failure) {
        port.warn("failed with " + HostPort.describe(failure));
        Instant later = queue.now().plus(PAUSE_AFTER_OUTAGE);
        some.forEach(one -> queue.retry(one, one.newest().due(later)));
    }

    /** The notifications of one conversation. Used by one thread. */
    private final class Round {
        private final String conversationId;
        private final Set<HeldPush> left;
        private final Consumer<PushDelivery> receiver;
        private final Instant now = queue.now();

        @Nullable
        private List<Message> page;

        private Round(String conversationId, Set<HeldPush> left, Consumer<PushDelivery> receiver) {
            this.conversationId = conversationId;
            this.left = left;
            this.receiver = receiver;
        }

        private void run(List<HeldPush> due) {
            Map<String, List<HeldPush>> byUser =
                    due.stream().collect(groupingBy(one -> one.stored().userId()));
            Set<String> members = recipients.members().apply(conversationId).keySet();
            Set<String> viewing = recipients.viewing().apply(conversationId, byUser.keySet());
            Set<String> connected = recipients.connected().apply(byUser.keySet());
            Map<String, PushDevice> current = devices.current(byUser.keySet());
            byUser.forEach((userId, own) -> {
                if (!members.contains(userId) || viewing.contains(userId)) {
                    own.forEach(this::drop);
                } else {
                    decideAlone(userId, own, connected.contains(userId), current);
                }
            });
        }

        /** The host's code may fail for one user alone, who delays no other. An outage concerns all. */
        private void decideAlone(
                String userId, List<HeldPush> own, boolean isConnected, Map<String, PushDevice> current) {
            try {
                decide(userId, own, isConnected, current);
            } catch (RuntimeException failure) {
                if (ChatException.from(failure).code() != ErrorCode.INTERNAL_ERROR) {
                    throw failure;
                }
                retry(own.stream().filter(left::remove).toList(), failure);
            }
        }

        private void drop(HeldPush one) {
            left.remove(one);
            queue.done(one);
        }

        private void decide(String userId, List<HeldPush> own, boolean isConnected, Map<String, PushDevice> current) {
            Map<HeldPush, PushDevice> ready = new LinkedHashMap<>();
            for (HeldPush one : own) {
                PushDevice device = current.get(one.stored().deviceId());
                Instant earliest = one.stored().sentAt().plus(settings.whenConnected());
                if (device == null
                        || !device.userId().equals(userId)
                        || !now.isBefore(one.stored().expiresAt())) {
                    drop(one);
                } else if (isConnected && now.isBefore(earliest)) {
                    left.remove(one);
                    queue.delay(one, earliest);
                } else {
                    ready.put(one, device);
                }
            }
            send(userId, ready);
        }

        /** Sends what the user has not read. Reads what concerns the user once for all devices. */
        private void send(String userId, Map<HeldPush, PushDevice> ready) {
            Map<HeldPush, Message> unread = new LinkedHashMap<>();
            if (!ready.isEmpty()) {
                long readSeq = recipients.readSeq().apply(userId, conversationId);
                ready.keySet().forEach(one -> {
                    Message message = newestUnread(userId, readSeq, one);
                    if (message != null) {
                        unread.put(one, message);
                    }
                });
            }
            boolean isSent = !unread.isEmpty() && recipients.mayRead().test(userId, conversationId);
            Map<String, Long> counts = isSent ? recipients.unread().apply(userId) : Map.of();
            ready.forEach((one, device) -> {
                Message message = unread.get(one);
                if (isSent && message != null) {
                    PushMessage push = composer.compose(
                            device, message, counts, one.stored().expiresAt());
                    left.remove(one);
                    receiver.accept(new PushDelivery(
                            device, push, now, outcomes.of(one, message.seq(), () -> decideAgain(one))));
                } else {
                    drop(one);
                }
            });
        }

        /** Returns the newest message of which the user is to be notified; null if there is none. */
        private @Nullable Message newestUnread(String userId, long readSeq, HeldPush one) {
            Message found = newestOf(page(), userId, readSeq, one.upTo());
            return found == null && one.stored().seq() > readSeq
                    ? newestOf(planned(one.stored().seq()), userId, readSeq, one.upTo())
                    : found;
        }

        private List<Message> page() {
            List<Message> known = page;
            if (known == null) {
                known = store.history(new HistoryQuery(conversationId, Anchor.LATEST, 0, PAGE));
                page = known;
            }
            return known;
        }

        /** Reads the message of the plan, after which there may be many others. */
        private List<Message> planned(long seq) {
            return store.history(new HistoryQuery(conversationId, Anchor.AFTER, seq - 1, 1));
        }

        private @Nullable Message newestOf(List<Message> messages, String userId, long readSeq, long upTo) {
            return messages.stream()
                    .filter(message -> message.seq() > readSeq && message.seq() <= upTo)
                    .filter(message -> !message.isExpired(now))
                    .sorted(Comparator.comparingLong(Message::seq).reversed())
                    .filter(message -> recipients
                            .notified()
                            .apply(List.of(userId), message)
                            .contains(userId))
                    .findFirst()
                    .orElse(null);
        }
    }
}
