package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.UnregisterDevice;
import io.roomcast.chat.fixture.PushRecorder;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom nodes notify of messages, with regard to what users do on other nodes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PushOnSeveralNodesTest extends SeveralNodesCase {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final PushRecorder pushes = new PushRecorder();

    /** Of the two delays, the second one lasts longer than the test. */
    private TestNode pushing() {
        return pushing(Duration.ofHours(1));
    }

    private TestNode pushing(Duration whenConnected) {
        TestNode node = TestNode.of(ChatEngine.builder()
                .store(store)
                .cluster(network().newBus())
                .push(pushes)
                .pushDelay(Duration.ZERO, whenConnected));
        nodes.add(node);
        return node;
    }

    private static TestSession withDevice(TestNode node, String userId) {
        TestSession session = node.user(userId);
        node.run(session, new RegisterDevice("web", userId, Map.of(), null, null))
                .result();
        return session;
    }

    /** Registers a device of a user who has had no session for a while. */
    private void offlineWithDevice(String userId) {
        store.devices()
                .register(
                        new PushDevice(
                                PushDevice.idOf("web", userId),
                                userId,
                                "web",
                                userId,
                                Map.of(),
                                null,
                                null,
                                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                                0),
                        10);
    }

    private void awaitPushes(int count) {
        await().atMost(LONG).until(() -> pushes.sent().size() >= count);
    }

    @Test
    void members_without_a_session_on_any_node_are_notified_once() {
        TestNode here = pushing();
        TestNode there = pushing();
        here.service().create(NewConversation.group("g", "Team", List.of("ann", "bob", "cid", "dan")));
        offlineWithDevice("bob");
        withDevice(there, "cid");
        withDevice(here, "dan");
        awaitDelivery();

        for (int i = 1; i <= 5; i++) {
            here.service().send("g", NewMessage.text("ann", "hello")).join();
            awaitPushes(i);
        }
        assertThat(pushes.sent()).containsExactly("bob g:1", "bob g:2", "bob g:3", "bob g:4", "bob g:5");
    }

    @Test
    void device_that_is_registered_or_removed_on_another_node_is_known() {
        TestNode here = pushing(Duration.ZERO);
        TestNode there = pushing(Duration.ZERO);
        here.service().create(NewConversation.group("g", "Team", List.of("ann", "bob", "cid")));
        offlineWithDevice("cid");
        here.service().send("g", NewMessage.text("ann", "hello")).join();
        awaitPushes(1);
        TestSession bob = withDevice(there, "bob");
        awaitDelivery();
        here.service().send("g", NewMessage.text("ann", "hello")).join();
        awaitPushes(3);
        there.run(bob, new UnregisterDevice("bob")).result();
        here.service().send("g", NewMessage.text("ann", "hello")).join();
        awaitPushes(4);
        assertThat(pushes.sent()).containsExactlyInAnyOrder("cid g:1", "cid g:2", "bob g:2", "cid g:3");
    }

    @Test
    void user_who_views_the_conversation_on_another_node_is_not_notified_unless_away() {
        TestNode here = pushing(Duration.ZERO);
        TestNode there = pushing(Duration.ZERO);
        here.service().create(NewConversation.group("g", "Team", List.of("ann", "bob", "cid", "dan")));
        for (String userId : List.of("bob", "cid")) {
            TestSession session = withDevice(there, userId);
            there.join(session, "g");
            there.run(session, StartViewing.of("g")).result();
        }
        TestSession dan = withDevice(there, "dan");
        there.join(dan, "g");
        there.run(dan, StartViewing.of("g")).result();
        there.run(dan, new SetPresence(Status.AWAY)).result();
        TestSession eve = withDevice(here, "eve");
        here.service().addMembers("g", Set.of("eve"));
        here.join(eve, "g");
        here.run(eve, StartViewing.of("g")).result();
        awaitDelivery();
        await().until(() -> presenceOf(here, "dan") == Status.AWAY);

        here.service().send("g", NewMessage.text("ann", "hello")).join();
        awaitPushes(1);
        here.run(eve, new SetPresence(Status.AWAY)).result();
        here.service().send("g", NewMessage.text("ann", "hello")).join();
        awaitPushes(3);
        assertThat(pushes.sent()).containsExactlyInAnyOrder("dan g:1", "dan g:2", "eve g:2");
    }

    private static Status presenceOf(TestNode node, String userId) {
        return node.run(node.user("observer"), new GetPresence(List.of(userId)))
                .result()
                .presence()
                .get(0)
                .status();
    }

    @Test
    void notifier_that_hangs_or_throws_delays_no_message() {
        CountDownLatch released = new CountDownLatch(1);
        TestNode node = TestNode.of(ChatEngine.builder()
                .store(store)
                .push(new PushNotifier() {
                    @Override
                    public String platform() {
                        return "web";
                    }

                    @Override
                    public PushResult send(PushDevice device, PushMessage message) throws InterruptedException {
                        if (device.userId().equals("bob")) {
                            throw new IllegalStateException("broken");
                        }
                        released.await();
                        return PushResult.delivered();
                    }
                })
                .pushDelay(Duration.ZERO, Duration.ZERO));
        nodes.add(node);
        List<String> members = new ArrayList<>(List.of("ann", "bob"));
        for (int i = 0; i < 100; i++) {
            members.add("user" + i);
        }
        members.forEach(this::offlineWithDevice);
        node.service().create(NewConversation.group("g", "Team", members));
        for (int i = 0; i < 300; i++) {
            assertThat(node.service().send("g", NewMessage.text("ann", "hello")))
                    .succeedsWithin(Duration.ofSeconds(10));
        }
        released.countDown();
    }

    @Test
    void preferences_decide_by_the_message() {
        TestNode here = pushing(Duration.ZERO);
        here.service().create(NewConversation.group("g", "Team", List.of("ann", "bob", "cid")));
        TestSession bob = withDevice(here, "bob");
        Preferences mentions = new Preferences(NotifyLevel.MENTIONS, null, false, false, null, null, 0);
        here.run(bob, SetPreferences.of("g", mentions, Preference.NOTIFY)).result();
        offlineWithDevice("cid");
        here.service().send("g", NewMessage.text("ann", "hello")).join();
        await().atMost(LONG).until(() -> pushes.sent().contains("cid g:1"));
        here.service()
                .send("g", NewMessage.text("ann", "hello bob").withMentions(List.of("bob")))
                .join();
        await().atMost(LONG).until(() -> pushes.sent().contains("bob g:2"));
        assertThat(pushes.sent()).doesNotContain("bob g:1");
        assertThat(pushes.messages())
                .allSatisfy(push -> assertThat(push.badge()).isIn(1L, 2L));
    }
}
