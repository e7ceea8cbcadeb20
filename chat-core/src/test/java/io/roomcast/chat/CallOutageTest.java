package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.event.CallEnded;
import io.roomcast.chat.event.CallLeft;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.CallStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.IceServers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Users who may no longer take part in a call, while the store of calls fails. */
class CallOutageTest {
    private static final Duration OUTAGE = Duration.ofSeconds(40);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** Only the store of calls fails. */
    private final FailingStore calls = new FailingStore();

    private final ChatFixture chat = ChatFixture.with(builder -> builder.accessPolicy(AccessPolicy.membersOnly())
            .store(withCallsOf(calls, ChatStore.inMemory()))
            .calls(CallOptions.of(IceServers.none())));

    private TestSession ann;
    private TestSession bob;
    private String callId;

    private static ChatStore withCallsOf(ChatStore calls, ChatStore store) {
        return (ChatStore) Proxy.newProxyInstance(
                CallOutageTest.class.getClassLoader(), new Class<?>[] {ChatStore.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(method.getReturnType() == CallStore.class ? calls : store, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    @BeforeEach
    void start() {
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid", "dan")));
        ann = chat.user("ann");
        bob = chat.user("bob");
        callId = chat.run(ann, new StartCall("g", CallMedia.AUDIO))
                .result()
                .entry()
                .callId();
        chat.run(chat.user("dan"), new AcceptCall(callId)).result();
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private void fail() {
        calls.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
    }

    private <E extends ChatEvent> List<E> told(Session session, Class<E> type) {
        return chat.told().toldTo(session).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    static Stream<Arguments> removals() {
        BiConsumer<ChatFixture, TestSession> byHost = (chat, bob) -> chat.chat().removeMember("g", "bob");
        BiConsumer<ChatFixture, TestSession> byUser =
                (chat, bob) -> chat.run(bob, new RemoveMember("g", "bob")).result();
        BiConsumer<ChatFixture, TestSession> revoked =
                (chat, bob) -> chat.chat().revoke("bob");
        return Stream.of(
                Arguments.of("removed", byHost), Arguments.of("leaves", byUser), Arguments.of("revoked", revoked));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("removals")
    void participant_leaves_the_call_when_the_store_returns(String name, BiConsumer<ChatFixture, TestSession> removal) {
        String participantId = chat.run(bob, new AcceptCall(callId)).result().participantId();
        fail();
        removal.accept(chat, bob);
        chat.time().advance(OUTAGE);
        assertThat(told(ann, CallLeft.class)).isEmpty();
        calls.recover();
        chat.time().advance(LONGEST_PAUSE);
        assertThat(told(ann, CallLeft.class))
                .extracting(CallLeft::participantId, CallLeft::reason)
                .containsExactly(tuple(participantId, CallLeaveReason.REMOVED));
        assertThat(chat.run(bob, new SignalCall(callId, participantId, CallSignalKind.OFFER, "{}"))
                        .code())
                .isEqualTo(ErrorCode.CALL_NOT_FOUND);
    }

    @Test
    void ringing_of_a_removed_user_ends_when_the_store_returns() {
        fail();
        chat.chat().removeMember("g", "bob");
        chat.time().advance(Duration.ofSeconds(5));
        calls.recover();
        chat.time().advance(LONGEST_PAUSE);
        assertThat(told(bob, CallEnded.class)).extracting(CallEnded::reason).containsExactly(CallOutcome.CANCELLED);
    }
}
