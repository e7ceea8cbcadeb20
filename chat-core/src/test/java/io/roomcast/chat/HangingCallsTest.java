package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.event.CallSignalled;
import io.roomcast.chat.event.CallUpdated;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.CallStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.IceServers;
import io.roomcast.chat.spi.RateLimiter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Calls on a node whose store hangs, and on one whose store does not. */
class HangingCallsTest extends SeveralNodesCase {
    private static final String DIRECT = NewConversation.direct("ann", "bob").conversationId();
    private static final int QUEUED = 10;

    /** What changes of calls wait for on the second node; null for nothing. */
    private final AtomicReference<CountDownLatch> hanging = new AtomicReference<>();

    private final CountDownLatch isHanging = new CountDownLatch(1);

    private TestNode node(ChatStore of) {
        TestNode node = TestNode.of(ChatEngine.builder()
                .store(of)
                .cluster(network().newBus())
                .rateLimiter(RateLimiter.none())
                .limits(Limits.builder().queuedPerConversation(QUEUED).build())
                .calls(CallOptions.of(IceServers.none())));
        nodes.add(node);
        return node;
    }

    private ChatStore slow() {
        CallStore calls = proxy(CallStore.class, store.calls());
        return (ChatStore) Proxy.newProxyInstance(
                HangingCallsTest.class.getClassLoader(),
                new Class<?>[] {ChatStore.class},
                (proxy, method, arguments) ->
                        method.getName().equals("calls") ? calls : invoke(store, method, arguments));
    }

    private CallStore proxy(Class<CallStore> type, CallStore store) {
        return type.cast(Proxy.newProxyInstance(
                HangingCallsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    CountDownLatch latch = hanging.get();
                    if (latch != null && method.getName().equals("update")) {
                        isHanging.countDown();
                        latch.await();
                    }
                    return invoke(store, method, arguments);
                }));
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static List<Long> numbers(TestNode node, TestSession session) {
        return node.eventsTo(session, CallSignalled.class).stream()
                .map(event -> event.signal().n())
                .toList();
    }

    @Test
    void participant_learns_by_a_missing_number_that_signals_are_lost() throws InterruptedException {
        TestNode one = node(store);
        TestNode two = node(slow());
        one.service().create(NewConversation.direct("ann", "bob"));
        TestSession ann = one.user("ann");
        TestSession bob = two.user("bob");
        awaitNodes();
        CallEntry entry =
                one.run(ann, new StartCall(DIRECT, CallMedia.AUDIO)).result().entry();
        CallEntry answer = two.run(bob, new AcceptCall(entry.callId())).result();
        signal(one, ann, answer);
        await().until(() -> numbers(two, bob).equals(List.of(1L)));

        CountDownLatch released = new CountDownLatch(1);
        hanging.set(released);
        Answer<UpdateCall.Updated> update = two.run(bob, new UpdateCall(entry.callId(), false, null, null, null));
        isHanging.await();
        for (int i = 0; i < QUEUED + 5; i++) {
            signal(one, ann, answer);
        }
        awaitPublished(one);
        network().awaitDelivery();
        hanging.set(null);
        released.countDown();
        update.result();
        await().until(() -> two.service().stats().queued() == 0);
        signal(one, ann, answer);
        await().until(() -> numbers(two, bob).contains(QUEUED + 7L));
        assertThat(numbers(two, bob)).isSorted().doesNotHaveDuplicates().hasSizeLessThan(QUEUED + 7);

        two.close(bob);
        TestSession again = two.user("bob");
        RejoinCall.Rejoined rejoined = two.run(again, new RejoinCall(entry.callId(), answer.key(), 1, false))
                .result();
        assertThat(rejoined.lost()).isTrue();
        assertThat(rejoined.signals()).isEmpty();
    }

    @Test
    void device_that_has_returned_to_another_node_is_not_away() throws InterruptedException {
        TestNode one = node(slow());
        TestNode two = node(store);
        two.service().create(NewConversation.direct("ann", "bob"));
        TestSession ann = one.user("ann");
        TestSession bob = two.user("bob");
        awaitNodes();
        CallEntry entry =
                one.run(ann, new StartCall(DIRECT, CallMedia.AUDIO)).result().entry();
        two.run(bob, new AcceptCall(entry.callId())).result();
        await().until(() -> one.service().stats().queued() == 0);

        CountDownLatch released = new CountDownLatch(1);
        hanging.set(released);
        one.close(ann);
        isHanging.await();
        two.run(two.user("ann"), new RejoinCall(entry.callId(), entry.key(), 0, false))
                .result();
        hanging.set(null);
        released.countDown();
        await().until(() -> away(two, bob).equals(List.of(true, false)));
        assertThat(store.calls().find(entry.callId()).orElseThrow().peers()).noneMatch(CallPeer::away);
    }

    private static List<Boolean> away(TestNode node, TestSession session) {
        return node.eventsTo(session, CallUpdated.class).stream()
                .map(update -> update.peer().away())
                .toList();
    }

    private static void signal(TestNode node, TestSession from, CallEntry to) {
        node.run(from, new SignalCall(to.callId(), to.participantId(), CallSignalKind.OFFER, "{}"))
                .result();
    }
}
