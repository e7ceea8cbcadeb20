package io.roomcast.chat;

import static org.awaitility.Awaitility.await;

import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.testkit.BusNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Nodes with one store, connected by a bus that can fail. */
@Timeout(60)
abstract class SeveralNodesCase {
    static final int MANY = 100;

    final ChatStore store = ChatStore.inMemory();
    final List<TestNode> nodes = new ArrayList<>();

    /** How many messages the listener of the node on each bus was called with. */
    final Map<ClusterBus, Integer> listened = new ConcurrentHashMap<>();

    @Nullable
    BusNetwork network;

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
        if (network != null) {
            network.close();
        }
    }

    TestNode node(ClusterBus bus) {
        TestNode node = TestNode.of(ChatEngine.builder()
                .store(store)
                .cluster(bus)
                .limits(Limits.builder().queuedPerConversation(10_000).build())
                .listener(new ChatListener() {
                    @Override
                    public void onMessageSent(Message message) {
                        listened.merge(bus, 1, Integer::sum);
                    }
                }));
        nodes.add(node);
        return node;
    }

    TestNode node() {
        return node(network().newBus());
    }

    static Message send(TestNode node, TestSession session, String content) {
        return node.run(session, ChatFixture.text("room", content)).result().message();
    }

    static List<Long> seqsOf(TestNode node, TestSession session) {
        return node.received().messagesTo(session).stream().map(Message::seq).toList();
    }

    BusNetwork network() {
        network = network == null ? new BusNetwork() : network;
        return network;
    }

    /** Waits until each node knows all others. */
    void awaitNodes() {
        await().until(() ->
                nodes.stream().allMatch(node -> node.service().stats().nodes() == nodes.size()));
    }

    /** Waits until what was done on all nodes is known to the others. A reply precedes what a node publishes. */
    void awaitDelivery() {
        nodes.forEach(this::awaitPublished);
        network().awaitDelivery();
    }

    /** Waits until a node has published what was done on it. */
    void awaitPublished(TestNode node) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> node.service().stats().queued() == 0);
    }

    static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    List<Message> stored() {
        return store.history(new HistoryQuery("room", Anchor.AFTER, 0, 10_000));
    }
}
