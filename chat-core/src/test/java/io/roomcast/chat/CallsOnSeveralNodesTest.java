package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.command.DeclineCall;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.event.CallAccepted;
import io.roomcast.chat.event.CallEnded;
import io.roomcast.chat.event.CallLeft;
import io.roomcast.chat.event.CallSignalled;
import io.roomcast.chat.event.CallStarted;
import io.roomcast.chat.event.CallUpdated;
import io.roomcast.chat.event.IncomingCall;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallSignal;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.IceServers;
import io.roomcast.chat.testkit.BusNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls between users on two servers with one store. */
@Timeout(60)
class CallsOnSeveralNodesTest {
    private static final String DIRECT = NewConversation.direct("ann", "bob").conversationId();

    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final TestNode one = node();
    private final TestNode two = node();

    private TestNode node() {
        return TestNode.of(
                ChatEngine.builder().store(store).cluster(network.newBus()).calls(CallOptions.of(IceServers.none())));
    }

    @BeforeEach
    void connect() {
        one.service().create(NewConversation.direct("ann", "bob"));
        one.service().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        await().until(() ->
                one.service().stats().nodes() == 2 && two.service().stats().nodes() == 2);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        network.close();
    }

    private static CallEntry start(TestNode node, TestSession session, String conversationId) {
        return node.run(session, new StartCall(conversationId, CallMedia.AUDIO))
                .result()
                .entry();
    }

    private static CallEntry accept(TestNode node, TestSession session, CallEntry call) {
        return node.run(session, new AcceptCall(call.callId())).result();
    }

    private static Answer<SignalCall.Signalled> signal(
            TestNode node, TestSession from, CallEntry call, String to, String data) {
        return node.run(from, new SignalCall(call.callId(), to, CallSignalKind.OFFER, data));
    }

    private static List<String> signalsTo(TestNode node, TestSession session) {
        return node.eventsTo(session, CallSignalled.class).stream()
                .map(CallSignalled::signal)
                .map(CallSignal::data)
                .toList();
    }

    private List<Message> calls(String conversationId) {
        return store.history(new HistoryQuery(conversationId, Anchor.AFTER, 0, 100)).stream()
                .filter(message -> message.type() == MessageType.CALL)
                .toList();
    }

    @Test
    void call_rings_and_is_answered_and_ends_on_another_node() {
        TestSession ann = one.userIn("ann", DIRECT);
        TestSession phone = two.user("bob");
        TestSession laptop = one.user("bob");
        CallEntry entry = start(one, ann, DIRECT);
        await().until(() -> two.eventsTo(phone, IncomingCall.class).size() == 1);
        assertThat(one.eventsTo(laptop, IncomingCall.class)).hasSize(1);
        CallEntry answer = accept(two, phone, entry);
        await().until(() -> one.eventsTo(ann, CallAccepted.class).size() == 1);
        await().until(() -> one.eventsTo(laptop, CallEnded.class).size() == 1);
        assertThat(one.eventsTo(laptop, CallEnded.class).get(0).reason()).isEqualTo(CallOutcome.ANSWERED_ELSEWHERE);
        assertThat(two.eventsTo(phone, CallEnded.class)).isEmpty();
        for (int i = 0; i < 50; i++) {
            signal(two, phone, entry, entry.participantId(), Integer.toString(i))
                    .result();
            signal(one, ann, entry, answer.participantId(), Integer.toString(-i))
                    .result();
        }
        await().until(() ->
                signalsTo(one, ann).size() == 50 && signalsTo(two, phone).size() == 50);
        assertThat(signalsTo(one, ann))
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(Integer::toString).toList());
        two.run(phone, new EndCall(entry.callId(), false)).result();
        await().until(() -> one.eventsTo(ann, CallEnded.class).size() == 1);
        await().until(() -> calls(DIRECT).size() == 1);
        assertThat(signal(one, ann, entry, answer.participantId(), "1").code()).isEqualTo(ErrorCode.CALL_NOT_FOUND);
    }

    @Test
    void room_on_another_node_learns_of_the_call() {
        TestSession cid = two.userIn("cid", "g");
        CallEntry entry = start(one, one.user("ann"), "g");
        await().until(() -> two.eventsTo(cid, CallStarted.class).size() == 1
                && two.eventsTo(cid, IncomingCall.class).size() == 1);
        two.run(cid, new DeclineCall(entry.callId())).result();
        TestSession bob = two.user("bob");
        assertThat(two.run(bob, JoinRoom.of("g")).result().call().callId()).isEqualTo(entry.callId());
        accept(two, bob, entry);
        two.run(bob, new EndCall(entry.callId(), false)).result();
        assertThat(two.eventsTo(cid, CallEnded.class)).hasSize(1);
    }

    @Test
    void session_that_opens_on_another_node_while_it_rings_rings() {
        CallEntry entry = start(one, one.user("ann"), DIRECT);
        TestSession late = two.user("bob");
        await().until(() -> two.eventsTo(late, IncomingCall.class).size() == 1);
        accept(two, late, entry);
    }

    @Test
    void device_returns_on_another_node() {
        TestSession ann = one.user("ann");
        TestSession bob = two.user("bob");
        CallEntry entry = start(one, ann, DIRECT);
        await().until(() -> two.eventsTo(bob, IncomingCall.class).size() == 1);
        CallEntry answer = accept(two, bob, entry);
        one.close(ann);
        await().until(() -> two.eventsTo(bob, CallUpdated.class).size() == 1);
        TestSession again = two.user("ann");
        RejoinCall.Rejoined rejoined = two.run(again, new RejoinCall(entry.callId(), entry.key(), 3, false))
                .result();
        assertThat(rejoined.lost()).isTrue();
        assertThat(rejoined.entry().participantId()).isEqualTo(entry.participantId());
        await().until(() -> two.eventsTo(bob, CallUpdated.class).size() == 2);
        signal(two, bob, entry, entry.participantId(), "1").result();
        await().until(() -> !two.eventsTo(again, CallSignalled.class).isEmpty());
        assertThat(two.eventsTo(again, CallSignalled.class))
                .singleElement()
                .satisfies(event -> assertThat(event.signal().n()).isEqualTo(4));
        TestSession third = one.user("bob");
        RejoinCall.Rejoined moved = one.run(third, new RejoinCall(entry.callId(), answer.key(), 0, false))
                .result();
        assertThat(moved.entry().peers()).hasSize(1);
        // The session on the other node no longer takes part.
        await().until(() -> signal(two, bob, entry, entry.participantId(), "2").isRefused());
        signal(two, again, entry, answer.participantId(), "3").result();
        await().until(() -> signalsTo(one, third).equals(List.of("3")));
    }

    @Test
    void of_two_starts_at_the_same_time_one_call_remains() {
        for (int round = 0; round < 10; round++) {
            TestSession ann = one.user("ann");
            TestSession bob = two.user("bob");
            Answer<StartCall.Started> first = new Answer<>();
            Answer<StartCall.Started> second = new Answer<>();
            String id = NewConversation.direct("ann", "bob").conversationId();
            Thread other = new Thread(() -> two.engine().execute(bob, new StartCall(id, CallMedia.AUDIO), second));
            other.start();
            one.engine().execute(ann, new StartCall(id, CallMedia.AUDIO), first);
            String callId = first.result().entry().callId();
            assertThat(second.result().entry().callId()).isEqualTo(callId);
            assertThat(List.of(first.result().joined(), second.result().joined()))
                    .containsExactlyInAnyOrder(true, false);
            one.run(ann, new EndCall(callId, false)).result();
            int expected = round + 1;
            await().until(() -> calls(id).size() == expected
                    && store.calls().in(List.of(id)).isEmpty()
                    && store.calls().find(callId).isEmpty());
            one.close(ann);
            two.close(bob);
            if (round % 3 == 2) {
                break;
            }
        }
    }

    @Test
    void of_fifty_answers_one_wins() {
        TestSession ann = one.user("ann");
        List<TestSession> devices = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            devices.add(one.user("bob"));
            devices.add(two.user("bob"));
        }
        CallEntry entry = start(one, ann, DIRECT);
        List<Answer<CallEntry>> answers = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            Answer<CallEntry> answer = new Answer<>();
            answers.add(answer);
            (i % 2 == 0 ? one : two).engine().execute(devices.get(i), new AcceptCall(entry.callId()), answer);
        }
        assertThat(answers.stream().filter(answer -> !answer.isRefused())).hasSize(1);
        Set<ErrorCode> refusals =
                answers.stream().filter(Answer::isRefused).map(Answer::code).collect(Collectors.toSet());
        assertThat(refusals).containsExactly(ErrorCode.ANSWERED_ELSEWHERE);
        await().until(() -> one.eventsTo(ann, CallAccepted.class).size() == 1);
    }

    @Test
    void removed_member_on_another_node_leaves() {
        TestSession ann = one.user("ann");
        TestSession bob = two.user("bob");
        CallEntry entry = start(one, ann, "g");
        accept(two, bob, entry);
        one.service().removeMember("g", "bob");
        await().until(() -> one.eventsTo(ann, CallLeft.class).size() == 1);
        assertThat(one.eventsTo(ann, CallLeft.class).get(0).reason()).isEqualTo(CallLeaveReason.REMOVED);
        await().until(() -> two.eventsTo(bob, CallLeft.class).size() == 1);
        assertThat(signal(two, bob, entry, entry.participantId(), "1").code()).isEqualTo(ErrorCode.CALL_NOT_FOUND);
    }
}
