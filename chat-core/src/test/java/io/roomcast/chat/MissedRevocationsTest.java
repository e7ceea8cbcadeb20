package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that was disconnected learns which users were revoked or removed from rooms meanwhile. */
@Timeout(60)
class MissedRevocationsTest {
    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final InJvmBus busHere = network.newBus();
    private final InJvmBus busThere = network.newBus();
    private final Recorder received = new Recorder();
    private final ChatEngine here = node(busHere);
    private final ChatEngine there = node(busThere);

    private ChatEngine node(InJvmBus bus) {
        return ChatEngine.builder()
                .store(store)
                .cluster(bus)
                .broadcaster(received)
                .authenticator(Principal::of)
                .build();
    }

    @BeforeEach
    void awaitCluster() {
        awaitNodes(here);
        awaitNodes(there);
    }

    private static void awaitNodes(ChatEngine chat) {
        await().until(() -> chat.service().stats().nodes() == 2);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        network.close();
    }

    private static TestSession open(ChatEngine chat, String userId) {
        Answer<Principal> principal = new Answer<>();
        chat.authenticate(userId, principal);
        TestSession session = TestSession.of(principal.result());
        chat.open(session);
        return session;
    }

    /** Which nodes are disconnected during the revocation, and in which order they return. */
    private enum Absence {
        OF_THE_OTHER {
            @Override
            void begin(InJvmBus here, InJvmBus there) {
                there.cut();
            }

            @Override
            void end(InJvmBus here, InJvmBus there) {
                there.restore();
            }
        },
        OF_BOTH {
            @Override
            void begin(InJvmBus here, InJvmBus there) {
                here.cut();
                there.cut();
            }

            @Override
            void end(InJvmBus here, InJvmBus there) {
                here.restore();
                there.restore();
            }
        },
        OF_BOTH_AND_THE_OTHER_RETURNS_FIRST {
            @Override
            void begin(InJvmBus here, InJvmBus there) {
                OF_BOTH.begin(here, there);
            }

            @Override
            void end(InJvmBus here, InJvmBus there) {
                there.restore();
                here.restore();
            }
        };

        abstract void begin(InJvmBus here, InJvmBus there);

        abstract void end(InJvmBus here, InJvmBus there);
    }

    @ParameterizedTest
    @EnumSource
    void session_ends_after_the_absence(Absence absence) {
        TestSession bob = open(there, "bob");
        TestSession cid = open(there, "cid");
        absence.begin(busHere, busThere);
        network.awaitDelivery();
        // The other node does not respond.
        assertThat(here.service().revoke("bob")).failsWithin(Duration.ofSeconds(20));
        assertThat(bob.hasEnded()).isFalse();
        TestSession again = open(there, "bob");
        absence.end(busHere, busThere);

        await().until(bob::hasEnded);
        assertThat(again.hasEnded()).as("opened after the revocation").isFalse();
        assertThat(cid.hasEnded()).isFalse();
    }

    private static TestSession openInRoom(ChatEngine chat, String userId) {
        TestSession session = open(chat, userId);
        join(chat, session);
        return session;
    }

    private static void join(ChatEngine chat, TestSession session) {
        Answer<JoinRoom.Joined> answer = new Answer<>();
        chat.execute(session, JoinRoom.of("room"), answer);
        answer.result();
    }

    private long kicksOf(TestSession session) {
        return received.comingsToldTo(session).stream()
                .filter(event -> event instanceof UserLeft left && left.userId().equals("bob"))
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void session_leaves_the_room_after_the_absence(Absence absence) {
        TestSession bob = openInRoom(there, "bob");
        TestSession cid = openInRoom(there, "cid");
        absence.begin(busHere, busThere);
        network.awaitDelivery();
        // The other node does not respond.
        assertThat(here.service().kick("room", "bob")).failsWithin(Duration.ofSeconds(20));
        assertThat(kicksOf(bob)).isZero();
        TestSession again = openInRoom(there, "bob");
        absence.end(busHere, busThere);

        await().until(() -> kicksOf(bob) == 1);
        assertThat(kicksOf(again)).as("opened after the removal").isZero();
        assertThat(bob.hasEnded() || cid.hasEnded()).isFalse();
    }

    @Test
    void user_who_has_joined_again_stays_after_a_later_absence() {
        TestSession bob = openInRoom(there, "bob");
        here.service().kick("room", "bob").join();
        await().until(() -> kicksOf(bob) == 1);
        join(there, bob);
        busThere.cut();
        network.awaitDelivery();
        here.service().revoke("cid").handle((done, failure) -> done).join();
        TestSession revoked = TestSession.of(Principal.of("cid"));
        there.open(revoked);
        busThere.restore();

        await().until(revoked::hasEnded);
        there.close(revoked);
        assertThat(there.service().stats().rooms()).isEqualTo(1);
        assertThat(kicksOf(bob)).isEqualTo(1);
    }

    @Test
    void node_that_connects_late_learns_of_them_too() {
        InJvmBus busLate = network.newBus();
        ChatEngine late = node(busLate);
        busLate.cut();
        network.awaitDelivery();
        TestSession bob = open(late, "bob");
        // It fails if the late node has sent a heartbeat before it was disconnected.
        here.service().revoke("bob").handle((done, failure) -> done).join();
        busLate.restore();

        await().until(bob::hasEnded);
        late.close();
    }

    @Test
    void as_many_as_do_not_fit_into_a_frame_are_learned() {
        busThere.cut();
        network.awaitDelivery();
        String suffix = "漢".repeat(120);
        List<String> users = IntStream.range(0, 500).mapToObj(i -> i + suffix).toList();
        List<TestSession> sessions =
                users.stream().map(userId -> open(there, userId)).toList();
        users.forEach(here.service()::revoke);
        busThere.restore();

        await().untilAsserted(() -> assertThat(sessions).allMatch(TestSession::hasEnded));
    }
}
