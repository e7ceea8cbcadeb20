package io.roomcast.examples.benchmarks.followers;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.Follower;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A follower, and messages that are stored while it does not run. Then it receives them.
 *
 * @param stores opens the store, which contains what was stored before; a closed chat has closed its store
 * @param messages how many messages it misses
 * @param conversations the number of conversations
 */
record MissedMessages(Supplier<ChatStore> stores, int messages, int conversations) {
    private static final String FOLLOWER = "benchmark";
    private static final String SENDER = "alice";
    private static final int BATCH = 500;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /**
     * Stores the messages and has the follower receive them. Blocks.
     *
     * @return the time from the start of the follower to the last message
     * @throws IllegalStateException if a message is missing, repeated or out of order
     */
    Duration receive() throws InterruptedException, TimeoutException {
        createFollower();
        store();
        try (ChatEngine chat = engine()) {
            Receiver receiver = new Receiver(messages);
            long startNanos = System.nanoTime();
            Follower unused = chat.service().follow(FOLLOWER, receiver::accept);
            await(receiver.received);
            Duration passed = Duration.ofNanos(System.nanoTime() - startNanos);
            receiver.requireOrder();
            return passed;
        }
    }

    private ChatEngine engine() {
        return ChatEngine.builder().store(stores.get()).build();
    }

    /** A new follower begins with what is stored then. */
    private void createFollower() throws InterruptedException, TimeoutException {
        CountDownLatch received = new CountDownLatch(1);
        try (ChatEngine chat = engine()) {
            Follower unused = chat.service().follow(FOLLOWER, (conversationId, events) -> received.countDown());
            chat.service()
                    .execute(SendMessage.text("first", "hello").from(SENDER))
                    .toCompletableFuture()
                    .join();
            await(received);
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException, TimeoutException {
        if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new TimeoutException("the follower has not received everything within " + LIMIT);
        }
    }

    private void store() {
        try (ChatStore store = stores.get()) {
            List<MessageDraft> batch = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                batch.add(draft("c" + i / BATCH % conversations));
                if (batch.size() == BATCH || i == messages - 1) {
                    store.append(batch);
                    batch.clear();
                }
            }
        }
    }

    private static MessageDraft draft(String conversationId) {
        String id = UUID.randomUUID().toString();
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        return new MessageDraft(id, conversationId, SENDER, id, MessageBody.text("hello"), now);
    }

    /** Counts messages, and checks their order. Each conversation has one call at a time. */
    private static final class Receiver {
        private final CountDownLatch received;
        private final Map<String, Long> lastSeqs = new ConcurrentHashMap<>();
        private volatile boolean isInOrder = true;

        private Receiver(int messages) {
            received = new CountDownLatch(messages);
        }

        private void accept(String conversationId, List<ChatEvent> events) {
            long last = lastSeqs.getOrDefault(conversationId, 0L);
            for (ChatEvent event : events) {
                last++;
                isInOrder &= event instanceof MessageSent sent && sent.message().seq() == last;
            }
            lastSeqs.put(conversationId, last);
            for (int i = 0; i < events.size(); i++) {
                received.countDown();
            }
        }

        private void requireOrder() {
            if (!isInOrder) {
                throw new IllegalStateException("a message is missing, repeated or out of order");
            }
        }
    }
}
