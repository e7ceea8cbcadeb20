package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.event.CallAccepted;
import io.roomcast.chat.event.CallEnded;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.IceServers;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The notifications of a call that rings on one node and is answered on another. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CallNotificationsOnSeveralNodesTest extends SeveralNodesCase {
    private static final String DIRECT = NewConversation.direct("ann", "bob").conversationId();

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);

    /** A node whose notifier hangs with a ring until it is released, if it is slow. */
    private TestNode node(String name, boolean isSlow) {
        TestNode node = TestNode.of(ChatEngine.builder()
                .store(store)
                .cluster(network().newBus())
                .calls(CallOptions.of(IceServers.none()))
                .pushDelay(Duration.ofHours(1), Duration.ofHours(1))
                .push(new PushNotifier() {
                    @Override
                    public String platform() {
                        return "web";
                    }

                    @Override
                    public PushResult send(PushDevice device, PushMessage message) throws InterruptedException {
                        sent.add(name + " " + message.type().wireName() + " "
                                + message.data().get("reason"));
                        if (isSlow && message.type() == PushMessage.Type.CALL) {
                            released.await();
                        }
                        return PushResult.delivered();
                    }
                }));
        nodes.add(node);
        return node;
    }

    private static TestSession withDevice(TestNode node, String userId) {
        TestSession session = node.user(userId);
        node.run(session, new RegisterDevice("web", userId, Map.of(), null, null))
                .result();
        return session;
    }

    private static String start(TestNode node, TestSession session) {
        return node.run(session, new StartCall(DIRECT, CallMedia.AUDIO))
                .result()
                .entry()
                .callId();
    }

    private void awaitSent(String... expected) {
        await().until(() -> sent.size() >= expected.length);
        assertThat(sent).containsExactly(expected);
    }

    @Test
    void node_that_answers_sends_the_end_once() {
        TestNode one = node("one", false);
        TestNode two = node("two", false);
        one.service().create(NewConversation.direct("ann", "bob"));
        TestSession bob = withDevice(two, "bob");
        awaitDelivery();
        TestSession ann = one.user("ann");
        String callId = start(one, ann);
        awaitSent("one call null");
        two.run(bob, new AcceptCall(callId)).result();
        awaitSent("one call null", "two callEnded answeredElsewhere");
        two.run(bob, new EndCall(callId, false)).result();
        await().until(() -> !one.eventsTo(ann, CallEnded.class).isEmpty());
        start(one, ann);
        awaitSent("one call null", "two callEnded answeredElsewhere", "one call null");
    }

    @Test
    void end_is_sent_again_after_a_ring_that_was_still_being_sent_on_another_node() {
        TestNode one = node("one", true);
        TestNode two = node("two", false);
        one.service().create(NewConversation.direct("ann", "bob"));
        TestSession bob = withDevice(two, "bob");
        awaitDelivery();
        TestSession ann = one.user("ann");
        String callId = start(one, ann);
        awaitSent("one call null");
        two.run(bob, new AcceptCall(callId)).result();
        awaitSent("one call null", "two callEnded answeredElsewhere");
        await().until(() -> !one.eventsTo(ann, CallAccepted.class).isEmpty());
        released.countDown();
        awaitSent("one call null", "two callEnded answeredElsewhere", "one callEnded answeredElsewhere");
    }
}
