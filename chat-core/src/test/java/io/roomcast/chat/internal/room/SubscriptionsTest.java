package io.roomcast.chat.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.ClusterLink;
import io.roomcast.chat.internal.cluster.ClusterMembership;
import io.roomcast.chat.internal.cluster.ClusterRequests;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.occupancy.NodeStates;
import io.roomcast.chat.internal.occupancy.UserStates;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks how long a node is subscribed to the events of a room, and how long a join waits for that. */
@Timeout(30)
class SubscriptionsTest {
    private static final Channel ROOM = Channel.conversation("room");

    private final BusNetwork network = new BusNetwork(new BusNetwork.Faults(1, Duration.ofMillis(5), 0, 0));
    private final InJvmBus bus = network.newBus();
    private final VirtualTime time = new VirtualTime();
    private final SafeScheduler scheduler = new SafeScheduler(time.scheduler());
    private final ChatStore store = ChatStore.inMemory();
    private final RemoteNodes remote = new RemoteNodes();
    private final RoomRegistry rooms = new RoomRegistry(10, 200);
    private final NodeStates states = new NodeStates(scheduler);
    private final Subscriptions subscriptions =
            new Subscriptions(remote, TestPublishers.users(states, scheduler), new UserStates(states), scheduler);
    private final List<String> late = new CopyOnWriteArrayList<>();
    private ClusterLink link;

    @BeforeEach
    void open() {
        EventSender sender = new EventSender(rooms, Broadcaster.none());
        FeedParts parts = new FeedParts(
                sender, FeedParts.Reader.of(store, Runnable::run), Runnable::run, scheduler, () -> Duration.ZERO);
        RoomFeeds feeds = new RoomFeeds(rooms, parts, subscriptions);
        RemoteEvents events = new RemoteEvents(
                feeds,
                states,
                TestPublishers.presence(scheduler),
                sender,
                store,
                new Resync(feeds, remote, store, Runnable::run, scheduler, () -> {}),
                new ConversationNotices(scheduler, Runnable::run),
                Runnable::run);
        link = new ClusterLink(bus, new byte[32], events, time.clock(), ChatMetrics.none());
        events.connect(link, new ClusterMembership(link, "node"), new ClusterRequests(link));
        remote.connect(link);
        subscriptions.onLate(late::add);
        link.open();
        network.awaitDelivery();
    }

    @AfterEach
    void close() {
        link.close();
        network.close();
    }

    private CompletionStage<?> openRoom() {
        return subscriptions.open(ROOM);
    }

    @Test
    void join_waits_for_the_subscription() {
        CompletionStage<?> ready = openRoom();
        assertThat(ready.toCompletableFuture()).isNotDone();
        network.awaitDelivery();
        assertThat(ready.toCompletableFuture()).isCompleted();
        assertThat(late).isEmpty();
    }

    @Test
    void join_does_not_wait_long_and_the_room_is_compared_later() {
        CompletionStage<?> ready = openRoom();
        time.advance(Subscriptions.MAX_WAIT);
        assertThat(ready.toCompletableFuture()).isCompleted();
        network.awaitDelivery();
        assertThat(late).containsExactly("room");
    }

    @Test
    void join_does_not_wait_for_a_bus_that_is_down() {
        bus.cut();
        network.awaitDelivery();
        CompletionStage<?> ready = openRoom();
        time.advance(Duration.ZERO);
        assertThat(ready.toCompletableFuture()).isCompleted();
        bus.restore();
        network.awaitDelivery();
        assertThat(late).containsExactly("room");
    }

    @Test
    void subscription_outlives_its_room() {
        openRoom();
        network.awaitDelivery();
        subscriptions.close(ROOM);
        time.advance(Subscriptions.LINGER);
        assertThat(subscriptions.size()).isEqualTo(1);
        assertThat(openRoom().toCompletableFuture()).isCompleted();
        time.advance(Subscriptions.LINGER.multipliedBy(2));
        assertThat(subscriptions.size()).isEqualTo(1);
        subscriptions.close(ROOM);
        time.advance(Subscriptions.LINGER.multipliedBy(2));
        assertThat(subscriptions.size()).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void feeds_of_one_room_share_the_subscription() {
        openRoom();
        openRoom();
        network.awaitDelivery();
        subscriptions.close(ROOM);
        time.advance(Subscriptions.LINGER.multipliedBy(2));
        assertThat(subscriptions.size()).isEqualTo(1);
    }

    @Test
    void single_node_subscribes_to_nothing() {
        Subscriptions alone = TestPublishers.subscriptions(new RemoteNodes(), scheduler);
        assertThat(alone.open(ROOM).toCompletableFuture()).isCompleted();
        alone.close(ROOM);
        assertThat(alone.size() + time.timers()).isZero();
    }
}
