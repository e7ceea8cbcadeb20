package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.command.DeclineCall;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.GetIceServers;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.event.CallAccepted;
import io.roomcast.chat.event.CallDeclined;
import io.roomcast.chat.event.CallEnded;
import io.roomcast.chat.event.CallEvent;
import io.roomcast.chat.event.CallLeft;
import io.roomcast.chat.event.CallSignalled;
import io.roomcast.chat.event.CallStarted;
import io.roomcast.chat.event.CallUpdated;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.IncomingCall;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.CallSignal;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.IceServer;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.model.SfuTicket;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.CallPolicy;
import io.roomcast.chat.spi.CallStore;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.IceServers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls on one server, in virtual time. */
class CallsTest {
    private static final String DIRECT = NewConversation.direct("ann", "bob").conversationId();

    private final List<CallOutcome> outcomes = new ArrayList<>();
    private final ChatFixture chat = ChatFixture.with(builder -> builder.accessPolicy(AccessPolicy.membersOnly())
            .metrics(new ChatMetrics() {
                @Override
                public void onCall(CallOutcome outcome) {
                    outcomes.add(outcome);
                }
            })
            .calls(CallOptions.of(IceServers.stun(List.of("stun:stun.example.com")))));

    private TestSession ann;
    private TestSession bob;

    @BeforeEach
    void create() {
        chat.chat().create(NewConversation.direct("ann", "bob"));
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        ann = chat.user("ann");
        bob = chat.user("bob");
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private CallEntry start(TestSession session, String conversationId) {
        return chat.run(session, new StartCall(conversationId, CallMedia.AUDIO))
                .result()
                .entry();
    }

    private CallEntry accept(TestSession session, CallEntry call) {
        return chat.run(session, new AcceptCall(call.callId())).result();
    }

    private Answer<SignalCall.Signalled> signal(TestSession from, CallEntry call, String to, String data) {
        return chat.run(from, new SignalCall(call.callId(), to, CallSignalKind.OFFER, data));
    }

    private <E extends ChatEvent> List<E> told(Session session, Class<E> type) {
        return chat.told().toldTo(session).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private List<CallOutcome> endsTold(Session session) {
        return told(session, CallEnded.class).stream().map(CallEnded::reason).toList();
    }

    private List<Message> history(String conversationId) {
        return chat.latest(ann, conversationId).result().messages();
    }

    @Test
    void direct_call_rings_on_all_devices_and_the_first_answers() {
        TestSession phone = chat.user("bob");
        StartCall.Started started =
                chat.run(ann, new StartCall(DIRECT, CallMedia.VIDEO)).result();
        CallEntry entry = started.entry();
        assertThat(started.joined()).isFalse();
        assertThat(started.rung()).containsExactly("bob");
        assertThat(entry.isActive()).isFalse();
        assertThat(entry.ringing()).isEqualTo(Duration.ofSeconds(45));
        assertThat(entry.index()).isEqualTo(1);
        assertThat(entry.peers()).isEmpty();
        assertThat(entry.ice().servers()).containsExactly(new IceServer(List.of("stun:stun.example.com"), null, null));
        for (TestSession device : List.of(bob, phone)) {
            assertThat(told(device, IncomingCall.class)).singleElement().satisfies(incoming -> {
                assertThat(incoming.from()).isEqualTo("ann");
                assertThat(incoming.media()).isEqualTo(CallMedia.VIDEO);
                assertThat(incoming.peers()).hasSize(1);
            });
        }
        CallEntry answer = accept(phone, entry);
        assertThat(answer.isActive()).isTrue();
        assertThat(answer.index()).isEqualTo(2);
        assertThat(answer.peers()).extracting(CallPeer::participantId).containsExactly(entry.participantId());
        assertThat(told(ann, CallAccepted.class))
                .extracting(CallAccepted::peer)
                .extracting(CallPeer::participantId)
                .containsExactly(answer.participantId());
        assertThat(endsTold(bob)).containsExactly(CallOutcome.ANSWERED_ELSEWHERE);
        assertThat(endsTold(phone)).isEmpty();
        assertThat(chat.run(bob, new AcceptCall(entry.callId())).code()).isEqualTo(ErrorCode.ANSWERED_ELSEWHERE);
    }

    @Test
    void ended_call_is_one_message_of_who_started_it() {
        CallEntry entry = start(ann, DIRECT);
        accept(bob, entry);
        chat.time().advance(Duration.ofSeconds(125));
        EndCall.Ended ended = chat.run(bob, new EndCall(entry.callId(), false)).result();
        assertThat(ended.duration()).isEqualTo(Duration.ofSeconds(125));
        assertThat(endsTold(ann)).containsExactly(CallOutcome.COMPLETED);
        assertThat(history(DIRECT)).singleElement().satisfies(message -> {
            assertThat(message.type()).isEqualTo(MessageType.CALL);
            assertThat(message.senderId()).isEqualTo("ann");
            assertThat(message.clientMessageId()).isEqualTo(entry.callId());
            assertThat(message.content()).isEqualTo("Call, 2:05");
            assertThat(message.body().metadata())
                    .isEqualTo(
                            "{\"call\":{\"callId\":\"" + entry.callId()
                                    + "\",\"media\":\"audio\",\"outcome\":\"completed\",\"durationMs\":125000,\"participants\":2}}");
        });
        chat.time().advance(Duration.ofMinutes(5));
        assertThat(history(DIRECT)).hasSize(1);
        assertThat(outcomes).containsExactly(CallOutcome.COMPLETED);
        assertThat(chat.run(bob, JoinRoom.of(DIRECT)).result().unread()).isZero();
        assertThat(chat.run(bob, new AcceptCall(entry.callId())).code()).isEqualTo(ErrorCode.CALL_NOT_FOUND);
    }

    @Test
    void each_ringing_device_learns_once_that_the_call_is_missed() {
        TestSession phone = chat.userIn(DIRECT, "bob");
        CallEntry entry = start(ann, DIRECT);
        chat.time().advance(Duration.ofSeconds(44));
        assertThat(endsTold(bob)).isEmpty();
        chat.time().advance(Duration.ofSeconds(2));
        for (TestSession device : List.of(ann, bob, phone)) {
            assertThat(endsTold(device)).containsExactly(CallOutcome.MISSED);
        }
        assertThat(history(DIRECT)).extracting(Message::content).containsExactly("Missed call");
        assertThat(chat.run(ann, JoinRoom.of(DIRECT)).result().unread()).isZero();
        assertThat(chat.run(bob, JoinRoom.of(DIRECT)).result().unread()).isEqualTo(1);
        assertThat(chat.run(ann, new EndCall(entry.callId(), false)).code()).isEqualTo(ErrorCode.CALL_NOT_FOUND);
    }

    @Test
    void decline_ends_a_direct_call_for_all_devices() {
        TestSession phone = chat.user("bob");
        CallEntry entry = start(ann, DIRECT);
        chat.run(phone, new DeclineCall(entry.callId())).result();
        assertThat(told(ann, CallDeclined.class)).hasSize(1);
        for (TestSession device : List.of(ann, bob, phone)) {
            assertThat(endsTold(device)).containsExactly(CallOutcome.DECLINED);
        }
        assertThat(history(DIRECT)).extracting(Message::content).containsExactly("Call declined");
    }

    @Test
    void session_that_opens_while_it_rings_rings_too() {
        CallEntry entry = start(ann, DIRECT);
        chat.time().advance(Duration.ofSeconds(20));
        TestSession late = chat.user("bob");
        assertThat(told(late, IncomingCall.class)).singleElement().satisfies(incoming -> {
            assertThat(incoming.callId()).isEqualTo(entry.callId());
            assertThat(incoming.ringing()).isEqualTo(Duration.ofSeconds(25));
        });
        assertThat(told(chat.user("ann"), IncomingCall.class)).isEmpty();
        accept(late, entry);
        assertThat(told(chat.user("bob"), IncomingCall.class)).isEmpty();
    }

    @Test
    void users_who_call_each_other_are_in_one_call() {
        CallEntry first = start(ann, DIRECT);
        StartCall.Started second =
                chat.run(bob, new StartCall(DIRECT, CallMedia.VIDEO)).result();
        assertThat(second.joined()).isTrue();
        assertThat(second.rung()).isEmpty();
        assertThat(second.entry().callId()).isEqualTo(first.callId());
        assertThat(second.entry().isActive()).isTrue();
        assertThat(told(ann, CallAccepted.class)).hasSize(1);
    }

    @Test
    void user_in_a_call_is_busy() {
        chat.chat().create(NewConversation.direct("bob", "cid"));
        String other = NewConversation.direct("bob", "cid").conversationId();
        CallEntry entry = start(ann, DIRECT);
        accept(bob, entry);
        TestSession cid = chat.user("cid");
        assertThat(chat.run(cid, new StartCall(other, CallMedia.AUDIO)).code()).isEqualTo(ErrorCode.BUSY);
        assertThat(told(bob, IncomingCall.class)).hasSize(1);
        assertThat(chat.latest(cid, other).result().messages())
                .singleElement()
                .satisfies(message -> assertThat(message.body().metadata()).contains("\"outcome\":\"busy\""));
        assertThat(outcomes).containsExactly(CallOutcome.BUSY);
        start(cid, "g");
        assertThat(told(bob, IncomingCall.class)).hasSize(1);
    }

    @Test
    void signals_are_passed_in_order_between_participants_alone() {
        CallEntry entry = start(ann, DIRECT);
        CallEntry answer = accept(bob, entry);
        for (int i = 0; i < 5; i++) {
            signal(bob, entry, entry.participantId(), "{\"i\":" + i + "}").result();
        }
        chat.run(bob, new SignalCall(entry.callId(), entry.participantId(), CallSignalKind.CANDIDATES, null))
                .result();
        assertThat(told(ann, CallSignalled.class))
                .extracting(CallSignalled::signal)
                .hasSize(6)
                .satisfies(signals -> {
                    assertThat(signals).extracting(CallSignal::n).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
                    assertThat(signals).extracting(CallSignal::from).containsOnly(answer.participantId());
                    assertThat(signals.get(5).data()).isNull();
                });
        TestSession eve = chat.user("eve");
        TestSession phone = chat.user("bob");
        for (TestSession stranger : List.of(eve, phone)) {
            assertThat(signal(stranger, entry, entry.participantId(), "{}").code())
                    .isEqualTo(ErrorCode.CALL_NOT_FOUND);
        }
        assertThat(signal(ann, entry, "unknown", "{}").code()).isEqualTo(ErrorCode.CALL_NOT_FOUND);
        assertThat(signal(ann, entry, answer.participantId(), "\"" + "x".repeat(32_768) + "\"")
                        .code())
                .isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
        assertThat(told(bob, CallSignalled.class)).isEmpty();
    }

    @Test
    void device_that_lost_its_connection_returns_and_receives_what_it_missed() {
        CallEntry entry = start(ann, DIRECT);
        CallEntry answer = accept(bob, entry);
        signal(bob, entry, entry.participantId(), "1").result();
        chat.engine().close(ann);
        assertThat(told(bob, CallUpdated.class))
                .extracting(update -> update.peer().away())
                .containsExactly(true);
        signal(bob, entry, entry.participantId(), "2").result();
        signal(bob, entry, entry.participantId(), "3").result();
        TestSession again = chat.user("ann");
        assertThat(chat.run(again, new RejoinCall(entry.callId(), "another", 1, false))
                        .code())
                .isEqualTo(ErrorCode.CALL_NOT_FOUND);
        assertThat(chat.run(chat.user("bob"), new RejoinCall(entry.callId(), entry.key(), 1, false))
                        .code())
                .isEqualTo(ErrorCode.CALL_NOT_FOUND);
        RejoinCall.Rejoined rejoined = chat.run(again, new RejoinCall(entry.callId(), entry.key(), 1, false))
                .result();
        assertThat(rejoined.lost()).isFalse();
        assertThat(rejoined.signals()).extracting(CallSignal::data).containsExactly("2", "3");
        assertThat(rejoined.entry().participantId()).isEqualTo(entry.participantId());
        assertThat(rejoined.entry().peers())
                .extracting(CallPeer::participantId)
                .containsExactly(answer.participantId());
        assertThat(told(bob, CallUpdated.class))
                .extracting(update -> update.peer().away())
                .containsExactly(true, false);
        signal(bob, entry, entry.participantId(), "4").result();
        assertThat(told(again, CallSignalled.class))
                .singleElement()
                .satisfies(event -> assertThat(event.signal().n()).isEqualTo(4));
        chat.time().advance(Duration.ofMinutes(10));
        assertThat(endsTold(again)).isEmpty();
    }

    @Test
    void signals_beyond_the_buffer_are_lost() {
        CallEntry entry = start(ann, DIRECT);
        accept(bob, entry);
        chat.engine().close(ann);
        IntStream.range(0, 130)
                .forEach(i -> signal(bob, entry, entry.participantId(), "1").result());
        TestSession again = chat.user("ann");
        RejoinCall.Rejoined rejoined = chat.run(again, new RejoinCall(entry.callId(), entry.key(), 0, false))
                .result();
        assertThat(rejoined.lost()).isTrue();
        assertThat(rejoined.signals()).isEmpty();
    }

    @Test
    void device_that_stays_away_leaves() {
        CallEntry entry = start(ann, "g");
        accept(bob, entry);
        accept(chat.user("cid"), entry);
        chat.engine().close(bob);
        chat.time().advance(Duration.ofSeconds(31));
        assertThat(told(ann, CallLeft.class)).extracting(CallLeft::reason).containsExactly(CallLeaveReason.LOST);
        assertThat(endsTold(ann)).isEmpty();
    }

    @Test
    void page_that_was_loaded_again_is_a_new_participant() {
        CallEntry entry = start(ann, DIRECT);
        accept(bob, entry);
        chat.engine().close(ann);
        TestSession again = chat.user("ann");
        CallEntry fresh = chat.run(again, new RejoinCall(entry.callId(), entry.key(), 0, true))
                .result()
                .entry();
        assertThat(fresh.index()).isEqualTo(3);
        assertThat(fresh.key()).isNotEqualTo(entry.key());
        assertThat(told(bob, CallLeft.class)).extracting(CallLeft::reason).containsExactly(CallLeaveReason.REPLACED);
        assertThat(told(bob, CallAccepted.class))
                .extracting(accepted -> accepted.peer().index())
                .containsExactly(3);
        assertThat(chat.run(again, new RejoinCall(entry.callId(), entry.key(), 0, true))
                        .code())
                .isEqualTo(ErrorCode.CALL_NOT_FOUND);
        assertThat(endsTold(bob)).isEmpty();
    }

    @Test
    void device_that_joins_again_is_a_new_participant_and_all_learn_it_once() {
        CallEntry entry = start(ann, DIRECT);
        CallEntry first = accept(bob, entry);
        CallEntry second = accept(bob, entry);
        assertThat(second.index()).isEqualTo(3);
        assertThat(second.peers()).extracting(CallPeer::participantId).containsExactly(entry.participantId());
        CallLeft left = new CallLeft(entry.callId(), first.participantId(), "bob", CallLeaveReason.REPLACED);
        assertThat(told(ann, CallLeft.class)).containsExactly(left);
        assertThat(told(bob, CallLeft.class)).containsExactly(left);
        assertThat(told(ann, CallAccepted.class)).hasSize(2);
        assertThat(endsTold(bob)).isEmpty();
    }

    @Test
    void participants_learn_what_the_others_send() {
        CallEntry entry = start(ann, DIRECT);
        accept(bob, entry);
        chat.run(ann, new UpdateCall(entry.callId(), false, true, null, null)).result();
        chat.run(ann, new UpdateCall(entry.callId(), false, true, null, null)).result();
        assertThat(told(bob, CallUpdated.class)).singleElement().satisfies(update -> {
            assertThat(update.peer().audio()).isFalse();
            assertThat(update.peer().video()).isTrue();
            assertThat(update.peer().userId()).isEqualTo("ann");
        });
        assertThat(told(ann, CallUpdated.class)).isEmpty();
        assertThat(chat.run(chat.user("bob"), new UpdateCall(entry.callId(), true, null, null, null))
                        .code())
                .isEqualTo(ErrorCode.CALL_NOT_FOUND);
    }

    @Test
    void group_call_goes_on_without_its_starter_and_ends_when_one_is_alone() {
        TestSession watching = chat.userIn("g", "cid");
        CallEntry entry = start(ann, "g");
        assertThat(entry.isActive()).isTrue();
        assertThat(told(watching, CallStarted.class)).hasSize(1);
        assertThat(told(watching, IncomingCall.class)).hasSize(1);
        accept(bob, entry);
        chat.run(watching, new DeclineCall(entry.callId())).result();
        assertThat(endsTold(watching)).containsExactly(CallOutcome.DECLINED_ELSEWHERE);
        accept(watching, entry);
        chat.run(ann, new EndCall(entry.callId(), false)).result();
        chat.run(watching, new EndCall(entry.callId(), false)).result();
        chat.time().advance(Duration.ofSeconds(58));
        assertThat(endsTold(bob)).isEmpty();
        chat.time().advance(Duration.ofSeconds(3));
        assertThat(endsTold(bob)).containsExactly(CallOutcome.COMPLETED);
        assertThat(endsTold(watching)).containsExactly(CallOutcome.DECLINED_ELSEWHERE, CallOutcome.COMPLETED);
        assertThat(history("g"))
                .singleElement()
                .satisfies(message -> assertThat(message.body().metadata()).contains("\"participants\":3"));
    }

    @Test
    void starter_and_staff_end_a_call_for_all() {
        CallEntry entry = start(bob, "g");
        TestSession cid = chat.user("cid");
        accept(cid, entry);
        assertThat(chat.run(cid, new EndCall(entry.callId(), true)).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(chat.run(chat.user("eve"), new EndCall(entry.callId(), true)).code())
                .isEqualTo(ErrorCode.CALL_NOT_FOUND);
        chat.chat().changeRole("g", "ann", Role.ADMIN);
        chat.run(ann, new EndCall(entry.callId(), true)).result();
        assertThat(told(cid, CallEnded.class)).extracting(CallEnded::by).containsExactly("ann");
        CallEntry own = start(bob, "g");
        chat.run(bob, new EndCall(own.callId(), true)).result();
        assertThat(outcomes).containsExactly(CallOutcome.COMPLETED, CallOutcome.CANCELLED);
    }

    @Test
    void starter_who_was_removed_from_the_conversation_does_not_end_the_call() {
        CallEntry entry = start(bob, "g");
        accept(ann, entry);
        chat.chat().removeMember("g", "bob");
        assertThat(chat.run(bob, new EndCall(entry.callId(), true)).code()).isEqualTo(ErrorCode.CALL_NOT_FOUND);
        assertThat(endsTold(ann)).isEmpty();
        chat.chat().addMembers("g", Set.of("bob"));
        chat.run(bob, new EndCall(entry.callId(), true)).result();
        assertThat(endsTold(ann)).containsExactly(CallOutcome.COMPLETED);
    }

    @Test
    void join_of_the_room_returns_the_call() {
        assertThat(chat.run(bob, JoinRoom.of("g")).result().call()).isNull();
        CallEntry entry = start(ann, "g");
        TestSession cid = chat.user("cid");
        assertThat(chat.run(cid, JoinRoom.of("g")).result().call()).satisfies(call -> {
            assertThat(call.callId()).isEqualTo(entry.callId());
            assertThat(call.peers()).extracting(CallPeer::userId).containsExactly("ann");
        });
        chat.run(ann, new EndCall(entry.callId(), true)).result();
        assertThat(chat.run(chat.user("cid"), JoinRoom.of("g")).result().call()).isNull();
    }

    enum Removal {
        REMOVED,
        REVOKED,
        KICKED,
        ERASED
    }

    @ParameterizedTest
    @EnumSource(Removal.class)
    void user_who_may_no_longer_take_part_leaves(Removal removal) {
        CallEntry entry = start(ann, "g");
        accept(bob, entry);
        TestSession cid = chat.user("cid");
        accept(cid, entry);
        switch (removal) {
            case REMOVED -> chat.chat().removeMember("g", "bob");
            case REVOKED -> chat.chat().revoke("bob").join();
            case KICKED -> chat.chat().kick("g", "bob").join();
            case ERASED -> chat.chat().eraseUser("bob").join();
        }
        assertThat(told(cid, CallLeft.class)).extracting(CallLeft::reason).containsExactly(CallLeaveReason.REMOVED);
        assertThat(signal(bob, entry, entry.participantId(), "1").code()).isIn(ErrorCode.CALL_NOT_FOUND);
        if (removal == Removal.REMOVED) {
            assertThat(chat.run(bob, new AcceptCall(entry.callId())).code()).isEqualTo(ErrorCode.CALL_NOT_FOUND);
        }
        assertThat(endsTold(ann)).isEmpty();
    }

    @Test
    void expired_token_ends_the_part_of_its_session() {
        TestSession brief = chat.session(
                Principal.of("cid").expiringAt(chat.time().clock().instant().plusSeconds(10)));
        CallEntry entry = start(ann, "g");
        accept(brief, entry);
        chat.time().advance(Duration.ofSeconds(36));
        assertThat(told(ann, CallLeft.class)).extracting(CallLeft::reason).containsExactly(CallLeaveReason.REMOVED);
    }

    @Test
    void deleted_conversation_has_no_call() {
        CallEntry entry = start(ann, "g");
        accept(bob, entry);
        chat.chat().changeRole("g", "ann", Role.OWNER);
        chat.run(ann, new DeleteConversation("g")).result();
        assertThat(endsTold(bob)).containsExactly(CallOutcome.COMPLETED);
        assertThat(signal(bob, entry, entry.participantId(), "1").code()).isEqualTo(ErrorCode.CALL_NOT_FOUND);
    }

    @Test
    void calls_are_limited() {
        for (int i = 0; i < 3; i++) {
            CallEntry entry = start(ann, "g");
            chat.run(ann, new EndCall(entry.callId(), true)).result();
        }
        Answer<StartCall.Started> fourth = chat.run(ann, new StartCall("g", CallMedia.AUDIO));
        assertThat(fourth.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(fourth.refusal().retryAfter()).contains(Duration.ofSeconds(10));
        chat.time().advance(Duration.ofSeconds(10));
        start(ann, "g");
    }

    @Test
    void three_unanswered_calls_are_enough() {
        for (int i = 0; i < 3; i++) {
            start(ann, DIRECT);
            chat.time().advance(Duration.ofMinutes(1));
        }
        assertThat(chat.run(ann, new StartCall(DIRECT, CallMedia.AUDIO)).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        accept(ann, start(bob, DIRECT));
        chat.time().advance(Duration.ofMinutes(10));
        chat.run(ann, new StartCall("g", CallMedia.AUDIO)).result();
    }

    @Test
    void large_group_does_not_ring() {
        List<String> members = IntStream.range(0, 33).mapToObj(i -> "user" + i).toList();
        chat.chat().create(NewConversation.group("large", "Large", members));
        TestSession first = chat.user("user0");
        TestSession second = chat.user("user1");
        CallEntry entry = start(first, "large");
        assertThat(told(second, CallEvent.class)).isEmpty();
        assertThat(entry.ringing()).isNull();
        accept(second, entry);
    }

    @Test
    void call_without_a_media_server_is_full_with_eight() {
        List<String> members = IntStream.range(0, 9).mapToObj(i -> "user" + i).toList();
        chat.chat().create(NewConversation.group("nine", "Nine", members));
        CallEntry entry = start(chat.user("user0"), "nine");
        IntStream.range(1, 8).forEach(i -> accept(chat.user("user" + i), entry));
        assertThat(chat.run(chat.user("user8"), new AcceptCall(entry.callId())).code())
                .isEqualTo(ErrorCode.CALL_FULL);
    }

    @Test
    void policy_decides_who_rings_and_hides_addresses_and_a_media_server_replaces_the_mesh() {
        CallPolicy quiet = new CallPolicy() {
            @Override
            public List<String> ring(String conversationId, String from, CallMedia media, List<String> userIds) {
                return List.of("cid", "stranger");
            }

            @Override
            public boolean isRelayOnly(String conversationId) {
                return true;
            }
        };
        CallOptions options = CallOptions.of(IceServers.turn("secret", Duration.ofHours(1), List.of("turn:t")))
                .withPolicy(quiet)
                .withSfu((call, peer, now) -> new SfuTicket("livekit", "wss://x", call.callId() + peer.index(), now));
        try (ChatFixture sfu = ChatFixture.with(builder -> builder.calls(options))) {
            sfu.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
            TestSession starter = sfu.user("ann");
            TestSession silent = sfu.user("bob");
            TestSession ringing = sfu.user("cid");
            StartCall.Started started =
                    sfu.run(starter, new StartCall("g", CallMedia.AUDIO)).result();
            CallEntry entry = started.entry();
            sfu.settle();
            assertThat(started.rung()).containsExactly("cid");
            assertThat(entry.relayOnly()).isTrue();
            assertThat(entry.sfu().token()).isEqualTo(entry.callId() + 1);
            assertThat(sfu.told().toldTo(silent)).noneMatch(IncomingCall.class::isInstance);
            assertThat(sfu.told().toldTo(ringing)).anyMatch(IncomingCall.class::isInstance);
            IceServer turn = entry.ice().servers().get(0);
            assertThat(turn.username()).endsWith(":" + entry.callId() + ".1");
            assertThat(turn.credential()).isNotEmpty();
            assertThat(sfu.run(starter, new GetIceServers(entry.callId()))
                            .result()
                            .expiresAt())
                    .isEqualTo(sfu.time().clock().instant().plus(Duration.ofHours(1)));
            assertThat(entry.toString() + turn + entry.sfu()).doesNotContain(entry.key(), turn.credential());
        }
    }

    @Test
    void in_an_open_room_those_in_it_join() {
        try (ChatFixture open = ChatFixture.with(builder -> builder.calls(CallOptions.of(IceServers.none())))) {
            open.chat().create(NewConversation.open("lobby"));
            open.chat().addMembers("lobby", Set.of("host"));
            TestSession host = open.userIn("lobby", "host");
            TestSession guest = open.userIn("lobby", "guest");
            CallEntry entry = open.run(host, new StartCall("lobby", CallMedia.AUDIO))
                    .result()
                    .entry();
            assertThat(open.told().toldTo(guest)).anyMatch(CallStarted.class::isInstance);
            assertThat(open.told().toldTo(guest)).noneMatch(IncomingCall.class::isInstance);
            assertThat(open.run(open.user("other"), new AcceptCall(entry.callId()))
                            .code())
                    .isEqualTo(ErrorCode.FORBIDDEN);
            open.run(guest, new AcceptCall(entry.callId())).result();
        }
    }

    @Test
    void server_that_was_killed_leaves_no_call_behind() {
        ChatStore store = ChatStore.inMemory(chat.time().clock());
        CallEntry entry;
        try (ChatFixture killed = ChatFixture.with(
                builder -> builder.store(store).clock(chat.time().clock()).calls(CallOptions.of(IceServers.none())))) {
            killed.chat().create(NewConversation.direct("ann", "bob"));
            entry = killed.run(killed.user("ann"), new StartCall(DIRECT, CallMedia.AUDIO))
                    .result()
                    .entry();
            killed.run(killed.user("bob"), new AcceptCall(entry.callId())).result();
        }
        try (ChatFixture next = ChatFixture.with(builder -> builder.store(store)
                .clock(chat.time().clock())
                .scheduler(chat.time().scheduler())
                .calls(CallOptions.of(IceServers.none())))) {
            TestSession again = next.user("ann");
            RejoinCall.Rejoined rejoined = next.run(again, new RejoinCall(entry.callId(), entry.key(), 7, false))
                    .result();
            assertThat(rejoined.lost()).isTrue();
            chat.time().advance(Duration.ofSeconds(80));
            assertThat(next.latest(again, DIRECT).result().messages())
                    .extracting(Message::content)
                    .containsExactly("Call, connection lost");
            assertThat(store.calls().in(List.of(DIRECT))).isEmpty();
        }
    }

    @Test
    void call_rings_while_it_cannot_be_read_who_is_connected() {
        ChatStore inner = ChatStore.inMemory(chat.time().clock());
        AtomicBoolean isDown = new AtomicBoolean();
        ChatStore store = (ChatStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ChatStore.class}, (proxy, method, arguments) -> {
                    if (isDown.get() && method.getName().equals("settings")) {
                        throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
        try (ChatFixture failing =
                ChatFixture.with(builder -> builder.store(store).calls(CallOptions.of(IceServers.none())))) {
            failing.chat().create(NewConversation.direct("ann", "bob"));
            TestSession caller = failing.user("ann");
            TestSession called = failing.user("bob");
            failing.time().advance(Duration.ofHours(1));
            isDown.set(true);
            StartCall.Started started =
                    failing.run(caller, new StartCall(DIRECT, CallMedia.AUDIO)).result();
            assertThat(started.rung()).isEmpty();
            assertThat(failing.told().toldTo(called)).hasAtLeastOneElementOfType(IncomingCall.class);
        }
    }

    /** Returns once more, to the next call that is started, the ended one whose message was stored meanwhile. */
    private static CallStore endingSlowly(CallStore inner) {
        AtomicReference<@Nullable Call> ended = new AtomicReference<>();
        return (CallStore) Proxy.newProxyInstance(
                CallStore.class.getClassLoader(), new Class<?>[] {CallStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("update") && ((Call) arguments[0]).isEnded()) {
                        ended.set((Call) arguments[0]);
                    }
                    Call before = method.getName().equals("start") ? ended.getAndSet(null) : null;
                    return before == null ? method.invoke(inner, arguments) : before;
                });
    }

    @Test
    void ended_call_is_not_looked_at_again() {
        ChatStore inner = ChatStore.inMemory(chat.time().clock());
        List<String> asked = new ArrayList<>();
        CallStore calls = (CallStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CallStore.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return method.invoke(inner.calls(), arguments);
                });
        ChatStore store = (ChatStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ChatStore.class},
                (proxy, method, arguments) ->
                        method.getName().equals("calls") ? calls : method.invoke(inner, arguments));
        try (ChatFixture watched =
                ChatFixture.with(builder -> builder.store(store).calls(CallOptions.of(IceServers.none())))) {
            watched.chat().create(NewConversation.direct("ann", "bob"));
            TestSession caller = watched.user("ann");
            CallEntry entry = watched.run(caller, new StartCall(DIRECT, CallMedia.AUDIO))
                    .result()
                    .entry();
            watched.run(watched.user("bob"), new AcceptCall(entry.callId())).result();
            watched.run(caller, new EndCall(entry.callId(), false)).result();
            assertThat(asked).contains("find");
            asked.clear();
            watched.time().advance(Duration.ofMinutes(3));
            assertThat(asked).containsOnly("due");
        }
    }

    @Test
    void call_begins_although_another_command_has_just_stored_the_message_about_the_one_before() {
        ChatStore inner = ChatStore.inMemory(chat.time().clock());
        CallStore calls = endingSlowly(inner.calls());
        ChatStore store = (ChatStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ChatStore.class},
                (proxy, method, arguments) ->
                        method.getName().equals("calls") ? calls : method.invoke(inner, arguments));
        try (ChatFixture racing =
                ChatFixture.with(builder -> builder.store(store).calls(CallOptions.of(IceServers.none())))) {
            racing.chat().create(NewConversation.direct("ann", "bob"));
            TestSession caller = racing.user("ann");
            CallEntry first = racing.run(caller, new StartCall(DIRECT, CallMedia.AUDIO))
                    .result()
                    .entry();
            racing.run(caller, new EndCall(first.callId(), false)).result();
            StartCall.Started second =
                    racing.run(caller, new StartCall(DIRECT, CallMedia.AUDIO)).result();
            assertThat(second.joined()).isFalse();
            assertThat(second.entry().callId()).isNotEqualTo(first.callId());
        }
    }

    @Test
    void call_for_which_the_host_supplies_no_servers_does_not_begin() {
        ChatStore store = ChatStore.inMemory(chat.time().clock());
        try (ChatFixture broken = ChatFixture.with(
                builder -> builder.store(store).calls(CallOptions.of((call, participant, now) -> null)))) {
            broken.chat().create(NewConversation.direct("ann", "bob"));
            assertThat(broken.run(broken.user("ann"), new StartCall(DIRECT, CallMedia.AUDIO))
                            .code())
                    .isEqualTo(ErrorCode.INTERNAL_ERROR);
            assertThat(store.calls().in(List.of(DIRECT))).isEmpty();
        }
    }

    @Test
    void without_options_calls_are_not_supported() {
        assertThat(chat.engine().open(TestSession.of("dan")).supports()).containsExactly("calls");
        try (ChatFixture plain = ChatFixture.start()) {
            plain.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
            assertThat(plain.run(plain.user("ann"), new StartCall("g", CallMedia.AUDIO))
                            .code())
                    .isEqualTo(ErrorCode.NOT_SUPPORTED);
            assertThat(plain.run(plain.user("ann"), new AcceptCall("x")).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        }
    }
}
