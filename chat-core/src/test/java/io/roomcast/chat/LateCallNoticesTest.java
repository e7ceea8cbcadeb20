package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.event.CallAccepted;
import io.roomcast.chat.event.CallEnded;
import io.roomcast.chat.event.CallLeft;
import io.roomcast.chat.event.CallStarted;
import io.roomcast.chat.event.CallUpdated;
import io.roomcast.chat.event.IncomingCall;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.spi.IceServers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notices of a node that arrive at another one after what has followed there. */
class LateCallNoticesTest extends SeveralNodesCase {
    private static final String DIRECT = NewConversation.direct("ann", "bob").conversationId();

    /** What the first node has sent while it is held; null if it is not held. */
    private List<Runnable> held;

    private TestNode one;
    private TestNode two;

    @BeforeEach
    void connect() {
        one = node(slow(network().newBus()));
        two = node(network().newBus());
        one.service().create(NewConversation.direct("ann", "bob"));
        one.service().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        awaitNodes();
    }

    @Override
    TestNode node(ClusterBus bus) {
        TestNode node =
                TestNode.of(ChatEngine.builder().store(store).cluster(bus).calls(CallOptions.of(IceServers.none())));
        nodes.add(node);
        return node;
    }

    private ClusterBus slow(ClusterBus bus) {
        return (ClusterBus) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterBus.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("publish")
                            && hold(() -> bus.publish((String) arguments[0], (byte[]) arguments[1]))) {
                        return null;
                    }
                    try {
                        return method.invoke(bus, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private synchronized boolean hold(Runnable frame) {
        return held != null && held.add(frame);
    }

    private synchronized void hold() {
        held = new ArrayList<>();
    }

    /** Waits until the second node has received everything. */
    private void release() {
        synchronized (this) {
            assertThat(held).isNotEmpty();
            held.forEach(Runnable::run);
            held = null;
        }
        network().awaitDelivery();
        await().until(() -> two.service().stats().queued() == 0);
    }

    private static CallEntry start(TestNode node, TestSession session, String conversationId) {
        return node.run(session, new StartCall(conversationId, CallMedia.AUDIO))
                .result()
                .entry();
    }

    /** The first node has carried out everything, and sent it to the other one. */
    private void awaitFirst() {
        await().until(() -> one.service().stats().queued() == 0);
    }

    /** Returns how often a session has rung. It may have rung before the notice, since a new session reads the store. */
    private int rung(TestSession session) {
        return two.eventsTo(session, IncomingCall.class).size();
    }

    @Test
    void participant_that_has_returned_is_not_away() {
        TestSession ann = two.user("ann");
        TestSession bob = one.user("bob");
        CallEntry call = start(two, ann, DIRECT);
        CallEntry bobs = one.run(bob, new AcceptCall(call.callId())).result();
        await().until(() -> two.eventsTo(ann, CallAccepted.class).size() == 1);
        hold();
        one.close(bob);
        awaitFirst();
        two.run(two.user("bob"), new RejoinCall(call.callId(), bobs.key(), 0, false))
                .result();
        release();
        assertThat(two.eventsTo(ann, CallUpdated.class))
                .isNotEmpty()
                .allSatisfy(update -> assertThat(update.peer().away()).isFalse());
    }

    @Test
    void device_that_has_come_back_stays_in_its_call() {
        TestSession ann = two.user("ann");
        CallEntry call = start(two, ann, DIRECT);
        TestSession bob = two.user("bob");
        CallEntry bobs = two.run(bob, new AcceptCall(call.callId())).result();
        await().until(() -> one.service().stats().queued() == 0);
        hold();
        one.run(one.user("bob"), new RejoinCall(call.callId(), bobs.key(), 0, false))
                .result();
        awaitFirst();
        TestSession back = two.user("bob");
        two.run(back, new RejoinCall(call.callId(), bobs.key(), 0, false)).result();
        release();
        two.run(back, new UpdateCall(call.callId(), false, null, null, null)).result();
    }

    @Test
    void participant_that_has_left_does_not_appear() {
        TestSession ann = two.user("ann");
        TestSession cid = two.user("cid");
        CallEntry call = start(two, ann, "g");
        two.run(cid, new AcceptCall(call.callId())).result();
        TestSession bob = one.user("bob");
        await().until(() -> one.service().stats().queued() == 0);
        hold();
        CallEntry bobs = one.run(bob, new AcceptCall(call.callId())).result();
        awaitFirst();
        TestSession again = two.user("bob");
        two.run(again, new RejoinCall(call.callId(), bobs.key(), 0, false)).result();
        two.run(again, new EndCall(call.callId(), false)).result();
        await().until(() -> two.eventsTo(ann, CallLeft.class).size() == 1);
        release();
        assertThat(two.eventsTo(ann, CallAccepted.class))
                .extracting(accepted -> accepted.peer().userId())
                .containsExactly("cid");
    }

    @Test
    void devices_of_a_user_who_has_answered_do_not_ring() {
        TestSession ann = one.user("ann");
        TestSession bob = two.user("bob");
        TestSession phone = two.user("bob");
        hold();
        CallEntry call = start(one, ann, DIRECT);
        awaitFirst();
        two.run(bob, new AcceptCall(call.callId())).result();
        int rung = rung(bob) + rung(phone);
        release();
        assertThat(rung(bob) + rung(phone)).isEqualTo(rung);
        assertThat(two.eventsTo(phone, CallEnded.class))
                .extracting(CallEnded::reason)
                .containsExactly(CallOutcome.ANSWERED_ELSEWHERE);
    }

    @Test
    void room_does_not_learn_of_the_start_of_a_call_that_has_ended() {
        TestSession ann = one.user("ann");
        TestSession bob = two.userIn("bob", "g");
        two.service().changeRole("g", "cid", Role.ADMIN);
        hold();
        CallEntry call = start(one, ann, "g");
        awaitFirst();
        two.run(two.user("cid"), new EndCall(call.callId(), true)).result();
        await().until(() -> two.eventsTo(bob, CallEnded.class).size() == 1);
        int rung = rung(bob);
        release();
        assertThat(two.eventsTo(bob, CallStarted.class)).isEmpty();
        assertThat(rung(bob)).isEqualTo(rung);
        assertThat(two.run(bob, JoinRoom.of("g")).result().call()).isNull();
    }

    @Test
    void answer_to_a_join_has_no_call_that_has_ended() {
        TestSession ann = one.user("ann");
        TestSession bob = two.userIn("bob", "g");
        CallEntry call = start(one, ann, "g");
        await().until(() -> two.eventsTo(bob, CallStarted.class).size() == 1);
        hold();
        one.run(ann, new UpdateCall(call.callId(), false, null, null, null)).result();
        awaitFirst();
        two.run(two.user("ann"), new EndCall(call.callId(), true)).result();
        await().until(() -> two.eventsTo(bob, CallEnded.class).size() == 1);
        release();
        assertThat(two.run(bob, JoinRoom.of("g")).result().call()).isNull();
    }
}
