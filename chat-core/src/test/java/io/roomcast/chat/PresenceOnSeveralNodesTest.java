package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SetPrivacy;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.fixture.VirtualNode;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user's presence is one answer on all nodes, in virtual time. */
@Timeout(60)
class PresenceOnSeveralNodesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int GRACE_SECONDS = 10;

    private final VirtualTime time = new VirtualTime();
    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final InJvmBus busThere = network.newBus();
    private final TestNode here = TestNode.of(VirtualNode.builder(store, network.newBus(), time));
    private final TestNode there = TestNode.of(VirtualNode.builder(store, busThere, time));
    private final TestSession observer = here.user("observer");

    @BeforeEach
    void connect() {
        network.awaitDelivery();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        network.close();
    }

    private void set(TestNode node, TestSession session, Status status) {
        node.run(session, new SetPresence(status)).result();
        network.awaitDelivery();
    }

    private void close(TestNode node, TestSession session) {
        node.close(session);
        network.awaitDelivery();
    }

    private List<Presence> presencesOf(TestSession session) {
        return here.eventsTo(session, PresenceChanged.class).stream()
                .map(PresenceChanged::presence)
                .toList();
    }

    /** Lets time pass in steps, as nodes exchange heartbeats. */
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            time.advance(SECOND);
            network.awaitDelivery();
        }
    }

    private static Presence ann(Status status) {
        return new Presence("ann", status, null);
    }

    private Presence subscribe() {
        return here.run(observer, new SubscribePresence(List.of("ann")))
                .result()
                .presence()
                .get(0);
    }

    private static Presence known(TestNode node) {
        TestSession session = node.user("reader");
        return node.run(session, new GetPresence(List.of("ann")))
                .result()
                .presence()
                .get(0);
    }

    private void assertReceived(Presence... presences) {
        assertThat(presencesOf(observer)).containsExactly(presences);
    }

    @Test
    void subscriber_on_another_node_receives_each_change_once() {
        assertThat(subscribe()).isEqualTo(ann(Status.OFFLINE));
        TestSession phone = there.user("ann");
        network.awaitDelivery();
        set(there, phone, Status.AWAY);
        pass(2);
        set(there, phone, Status.ONLINE);
        pass(2);
        Instant end = time.clock().instant();
        close(there, phone);
        pass(GRACE_SECONDS - 1);
        assertReceived(ann(Status.ONLINE), ann(Status.AWAY), ann(Status.ONLINE));
        pass(2);
        assertReceived(
                ann(Status.ONLINE), ann(Status.AWAY), ann(Status.ONLINE), new Presence("ann", Status.OFFLINE, end));
    }

    @Test
    void subscription_is_answered_with_the_presence_on_all_nodes_and_nothing_is_sent_twice() {
        TestSession phone = there.user("ann");
        set(there, phone, Status.AWAY);
        pass(2);
        assertThat(subscribe()).isEqualTo(ann(Status.AWAY));
        pass(20);
        assertReceived();
        here.run(observer, new UnsubscribePresence(List.of("ann")));
        set(there, phone, Status.ONLINE);
        pass(2);
        assertReceived();
    }

    @Test
    void presence_and_last_seen_time_are_known_on_all_nodes() {
        assertThat(known(here)).isEqualTo(ann(Status.OFFLINE));
        TestSession phone = there.user("ann");
        network.awaitDelivery();
        assertThat(known(here)).isEqualTo(ann(Status.ONLINE));
        Instant end = time.clock().instant();
        close(there, phone);
        pass(GRACE_SECONDS + 1);
        assertThat(known(here)).isEqualTo(known(there)).isEqualTo(new Presence("ann", Status.OFFLINE, end));
        pass(200);
        assertThat(known(here)).isEqualTo(new Presence("ann", Status.OFFLINE, end));
    }

    @Test
    void user_on_two_nodes_is_away_once_all_sessions_are_and_offline_after_the_last() {
        subscribe();
        TestSession phone = there.user("ann");
        TestSession desk = here.user("ann");
        network.awaitDelivery();
        set(there, phone, Status.AWAY);
        pass(2);
        assertReceived(ann(Status.ONLINE));
        set(here, desk, Status.AWAY);
        pass(2);
        assertReceived(ann(Status.ONLINE), ann(Status.AWAY));
        close(here, desk);
        pass(GRACE_SECONDS + 2);
        assertReceived(ann(Status.ONLINE), ann(Status.AWAY));
        assertThat(known(here)).isEqualTo(ann(Status.AWAY));
        close(there, phone);
        pass(GRACE_SECONDS + 2);
        assertThat(presencesOf(observer)).extracting(Presence::status).last().isEqualTo(Status.OFFLINE);
        assertThat(presencesOf(observer)).hasSize(3);
    }

    @Test
    void user_who_moves_to_another_node_stays_online() {
        subscribe();
        TestSession before = there.user("ann");
        network.awaitDelivery();
        close(there, before);
        here.user("ann");
        pass(2 * GRACE_SECONDS);
        assertReceived(ann(Status.ONLINE));
    }

    @Test
    void session_in_common_rooms_on_another_node_receives_each_change_once() {
        TestSession phone = there.user("ann");
        for (String room : List.of("one", "two", "three")) {
            there.join(phone, room);
            here.join(observer, room);
        }
        TestSession stranger = here.user("eve");
        here.join(stranger, "four");
        pass(2);
        set(there, phone, Status.AWAY);
        assertReceived(ann(Status.AWAY));
        subscribe();
        pass(2);
        set(there, phone, Status.ONLINE);
        assertReceived(ann(Status.AWAY), ann(Status.ONLINE));
        close(there, phone);
        pass(GRACE_SECONDS + 1);
        assertThat(presencesOf(observer)).hasSize(3);
        assertThat(presencesOf(stranger)).isEmpty();
    }

    @Test
    void presence_that_is_hidden_on_one_node_is_hidden_on_the_other() {
        TestSession phone = there.user("ann");
        there.join(phone, "one");
        here.join(observer, "one");
        TestSession subscriber = here.user("eve");
        here.run(subscriber, new SubscribePresence(List.of("ann"))).result();
        pass(2);
        here.received().clear();

        there.run(phone, new SetPrivacy(null, null, false)).result();
        set(there, phone, Status.AWAY);
        pass(2);
        there.run(phone, new SetPrivacy(null, false, null)).result();
        pass(2);
        assertReceived(ann(Status.OFFLINE));
        assertThat(presencesOf(subscriber)).containsExactly(ann(Status.OFFLINE));
        assertThat(known(here)).isEqualTo(ann(Status.OFFLINE));

        there.run(phone, new SetPrivacy(null, null, true)).result();
        pass(2);
        assertReceived(ann(Status.OFFLINE), ann(Status.AWAY));
        assertThat(presencesOf(subscriber)).containsExactly(ann(Status.OFFLINE), ann(Status.AWAY));
        assertThat(known(here)).isEqualTo(ann(Status.AWAY));
    }

    @Test
    void user_of_a_dead_node_is_offline_until_the_node_returns() {
        subscribe();
        there.user("ann");
        network.awaitDelivery();
        busThere.cut();
        pass(15);
        assertReceived(ann(Status.ONLINE), ann(Status.OFFLINE));
        busThere.restore();
        pass(5);
        assertReceived(ann(Status.ONLINE), ann(Status.OFFLINE), ann(Status.ONLINE));
        assertThat(known(here)).isEqualTo(ann(Status.ONLINE));
    }

    @Test
    void session_that_shares_rooms_with_a_user_of_a_dead_node_receives_the_change_once() {
        here.run(observer, new SubscribePresence(List.of("cid")));
        TestSession other = here.user("other");
        for (String userId : List.of("ann", "bob", "cid")) {
            TestSession session = there.user(userId);
            there.join(session, "one");
            there.join(session, "two");
        }
        List.of(observer, other).forEach(session -> {
            here.join(session, "one");
            here.join(session, "two");
        });
        TestSession stranger = here.user("eve");
        here.join(stranger, "three");
        pass(2);
        here.received().clear();
        busThere.cut();
        here.user("bob");
        network.awaitDelivery();
        pass(15);
        Presence cid = new Presence("cid", Status.OFFLINE, null);
        assertThat(presencesOf(observer)).containsExactlyInAnyOrder(ann(Status.OFFLINE), cid);
        assertThat(presencesOf(other)).containsExactlyInAnyOrder(ann(Status.OFFLINE), cid);
        assertThat(presencesOf(stranger)).isEmpty();
    }

    @Test
    void erased_user_was_seen_on_no_node() {
        TestSession phone = there.user("ann");
        network.awaitDelivery();
        close(there, phone);
        pass(GRACE_SECONDS + 1);
        assertThat(known(here).lastSeenAt()).isNotNull();
        CompletableFuture<Void> erased = here.service().eraseUser("ann");
        await().until(erased::isDone);
        network.awaitDelivery();
        pass(GRACE_SECONDS + 1);
        assertThat(known(here)).isEqualTo(known(there)).isEqualTo(ann(Status.OFFLINE));
    }

    @Test
    void users_of_a_node_that_stops_are_offline_unless_they_connect_to_another() {
        here.run(observer, new SubscribePresence(List.of("ann", "bob")));
        there.user("ann");
        there.user("bob");
        network.awaitDelivery();
        there.close();
        here.user("bob");
        pass(4);
        assertThat(presencesOf(observer)).hasSize(2);
        pass(3);
        assertThat(presencesOf(observer)).hasSize(3).last().isEqualTo(ann(Status.OFFLINE));
    }
}
