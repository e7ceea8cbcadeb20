package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.Follower;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.spi.ChatFollower;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that follow one database under one name. */
@Timeout(300)
class FollowingNodesTest extends MongoCase {
    private static final int CONVERSATIONS = 4;
    private static final int MESSAGES = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What all servers together have received, and what should not have happened. */
    private static final class Received {
        private final Map<String, Long> last = new ConcurrentHashMap<>();
        private final Queue<String> faults = new ConcurrentLinkedQueue<>();
        private final AtomicInteger calls = new AtomicInteger();

        private void handle(String conversationId, List<ChatEvent> events) {
            if (calls.incrementAndGet() % 5 == 0) {
                throw new IllegalStateException("not now");
            }
            events.forEach(event ->
                    record(conversationId, ((MessageSent) event).message().seq()));
        }

        /** A repeat is permitted, a gap is not. */
        private void record(String conversationId, long seq) {
            long before = last.getOrDefault(conversationId, 0L);
            if (seq > before + 1) {
                faults.add(conversationId + ": " + seq + " after " + before);
            }
            last.put(conversationId, Math.max(before, seq));
        }
    }

    private final Received received = new Received();

    private ChatEngine start() {
        ChatEngine node = ChatEngine.builder().store(openStore()).build();
        Follower unused = node.service().follow("crm", new ChatFollower() {
            @Override
            public void onEvents(String conversationId, List<ChatEvent> events) {
                received.handle(conversationId, events);
            }

            @Override
            public Optional<Duration> retryAfter(Throwable failure, int attempts) {
                return Optional.of(Duration.ofMillis(20));
            }
        });
        return node;
    }

    private static void send(List<ChatEngine> nodes, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
                ChatService chat = nodes.get((i + conversation) % nodes.size()).service();
                send(chat, "c" + conversation, NewMessage.text("ann", "text").withClientMessageId("message-" + i));
            }
        }
    }

    /** Repeats a message that is not answered in time, as clients do. */
    private static void send(ChatService chat, String conversationId, NewMessage message) {
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> chat.send(conversationId, message)
                        .join()
                        .conversationId()
                        .equals(conversationId));
    }

    @Test
    void servers_that_stop_and_start_pass_each_message_in_order() {
        try (ChatEngine one = start()) {
            try (ChatEngine two = start()) {
                send(List.of(one, two), 0, MESSAGES / 2);
            }
            try (ChatEngine three = start()) {
                send(List.of(one, three), MESSAGES / 2, MESSAGES);
                Map<String, Long> all = IntStream.range(0, CONVERSATIONS)
                        .boxed()
                        .collect(Collectors.toMap(i -> "c" + i, i -> (long) MESSAGES));
                await().atMost(PATIENCE).until(() -> received.last.equals(all));
            }
        }
        assertThat(received.faults).isEmpty();
    }
}
