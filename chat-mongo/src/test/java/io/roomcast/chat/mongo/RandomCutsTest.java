package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import io.roomcast.chat.testkit.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two nodes whose connections break at random, and senders that retry until they have a result. */
class RandomCutsTest extends MongoCase {
    private static final int SENDERS_PER_NODE = 4;
    private static final int MESSAGES_PER_SENDER = 50;
    private static final int CONVERSATIONS = 3;
    private static final int REACTING_PER_NODE = 2;
    private static final int REACTIONS_PER_USER = 15;
    private static final int ONE_CUT_IN = 25;

    private final Map<String, Message> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger cuts = new AtomicInteger();

    @Test
    void cuts_lose_no_acknowledged_message_and_leave_no_gap() {
        try (MongoProxy first = nodeWithCuts(1);
                MongoProxy second = nodeWithCuts(2);
                Workers workers = new Workers(2 * SENDERS_PER_NODE)) {
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS_PER_NODE; i++) {
                senders.add(workers.submit(sender("first" + i, first, second)));
                senders.add(workers.submit(sender("second" + i, second, first)));
            }
            senders.forEach(Workers::result);
        }

        assertThat(cuts).hasPositiveValue();
        assertThat(acknowledged).hasSize(2 * SENDERS_PER_NODE * MESSAGES_PER_SENDER);
        List<Message> stored = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            List<Message> all = allOf(openStore(), "c" + i);
            assertThat(all).extracting(Message::seq).isEqualTo(oneTo(all.size()));
            stored.addAll(all);
        }
        assertThat(stored).containsExactlyInAnyOrderElementsOf(acknowledged.values());
    }

    private Runnable sender(String senderId, MongoProxy home, MongoProxy other) {
        return () -> {
            for (int i = 0; i < MESSAGES_PER_SENDER; i++) {
                String key = senderId + "-" + i;
                Message message = sendUntilStored("c" + i % CONVERSATIONS, senderId, key, home.store());
                acknowledged.put(key, message);
                if (i % 5 == 0) {
                    assertThat(sendUntilStored("c" + i % CONVERSATIONS, senderId, key, other.store()))
                            .isEqualTo(message);
                }
            }
        };
    }

    @Test
    void cuts_lose_no_acknowledged_change_and_make_none_twice() {
        Message message = storedBy(openStore(), Drafts.text("c", "alice", "hello"));
        try (MongoProxy first = nodeWithCuts(3);
                MongoProxy second = nodeWithCuts(4);
                Workers workers = new Workers(2 * REACTING_PER_NODE)) {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < REACTING_PER_NODE; i++) {
                users.add(workers.submit(reacting("first" + i, message, first.store())));
                users.add(workers.submit(reacting("second" + i, message, second.store())));
            }
            users.forEach(Workers::result);
        }

        int changes = 2 * REACTING_PER_NODE * REACTIONS_PER_USER;
        assertThat(cuts).hasPositiveValue();
        assertThat(openStore().position("c")).isEqualTo(new Position(1, changes));
        assertThat(openStore().message("c", message.id()).orElseThrow().reactions())
                .hasSize(changes)
                .doesNotHaveDuplicates();
        assertThat(database.getCollection("changes").find().map(row -> row.getLong("version")))
                .containsExactlyInAnyOrderElementsOf(oneTo(changes));
    }

    private static Runnable reacting(String name, Message message, MongoChatStore store) {
        return () -> {
            for (int i = 0; i < REACTIONS_PER_USER; i++) {
                changeUntilDone(Changes.react(message, name + "-" + i, "x"), store);
            }
        };
    }

    private static void changeUntilDone(Change change, MongoChatStore store) {
        while (true) {
            try {
                store.change(change);
                return;
            } catch (ChatException failure) {
                assertThat(failure.code().retryable()).isTrue();
            }
        }
    }

    private static Message sendUntilStored(String conversationId, String senderId, String key, MongoChatStore store) {
        while (true) {
            AppendResult result = append(store, Drafts.keyed(conversationId, senderId, key, "hello"));
            if (result instanceof AppendResult.Stored stored) {
                return stored.message();
            }
            if (result instanceof AppendResult.Duplicate duplicate) {
                return duplicate.message();
            }
        }
    }

    private MongoProxy nodeWithCuts(long seed) {
        MongoProxy node = new MongoProxy(server.port(), database.getName());
        Random random = new Random(seed);
        node.onWrite(() -> faultOrNone(random));
        return node;
    }

    private Fault faultOrNone(Random random) {
        synchronized (random) {
            if (random.nextInt(ONE_CUT_IN) > 0) {
                return Fault.NONE;
            }
            cuts.incrementAndGet();
            return random.nextBoolean() ? Fault.CUT_BEFORE : Fault.CUT_AFTER;
        }
    }
}
