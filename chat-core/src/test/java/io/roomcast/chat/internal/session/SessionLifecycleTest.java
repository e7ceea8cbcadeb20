package io.roomcast.chat.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.presence.NoneHidden;
import io.roomcast.chat.internal.presence.PresenceTracker;
import io.roomcast.chat.internal.presence.PresenceVisibility;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.presence.ViewingTracker;
import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.room.TestPublishers;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.PresencePolicy;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept of sessions, and that nothing is once they have ended. */
@Timeout(60)
class SessionLifecycleTest {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final VirtualTime time = new VirtualTime();
    private final Recorder recorder = new Recorder();
    private final RoomRegistry rooms = new RoomRegistry(10, 200);
    private final ConversationLanes lanes =
            new ConversationLanes(new WorkerPool(Runnable::run), 1_000, 1_000, id -> {});
    private final Publisher publisher = TestPublishers.of(rooms, recorder, time);
    private final SafeScheduler timers = new SafeScheduler(time.scheduler());
    private final TypingTracker typing = new TypingTracker(lanes, publisher, time.clock(), timers, Limits.defaults());
    private final JoinLeaveNotifier notifier =
            new JoinLeaveNotifier(rooms, TestPublishers.users(timers), lanes, publisher, time.clock(), timers);
    private final ViewingTracker viewing =
            new ViewingTracker(rooms, notifier, TestPublishers.presence(timers), lanes, publisher, 10);
    private final PresenceTracker presence = new PresenceTracker(
            rooms,
            PresenceVisibility.of(PresencePolicy.everyone(), ChatStore.inMemory(), null, time.clock()),
            new NoneHidden(),
            lanes,
            publisher,
            TestPublishers.presence(timers),
            time.clock(),
            timers);
    private final SessionLifecycle life = new SessionLifecycle(
            rooms,
            typing,
            viewing,
            notifier,
            presence,
            publisher,
            new RecentRevocations(time.clock()),
            time.clock(),
            timers);
    private final Principal annForAnHour =
            Principal.of("ann").expiringAt(time.clock().instant().plusSeconds(3_600));
    private final TestSession ann = TestSession.of(annForAnHour);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void useAll(TestSession session) {
        rooms.join("room", session);
        typing.start("room", "ann", session);
        viewing.start("room", "ann", session);
        presence.subscribe(session, List.of("ann", "bob"));
        life.recordRateViolation(session);
        life.renew(session, annForAnHour.expiresAt());
    }

    private void assertThatNothingIsKept() {
        assertThat(rooms.sessions() + rooms.rooms()).isZero();
        assertThat(typing.size()).isZero();
        assertThat(viewing.size()).isZero();
        assertThat(presence.size()).isZero();
        assertThat(life.size()).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void nothing_is_kept_of_a_session_that_ended() {
        life.open(ann);
        useAll(ann);
        life.close(ann);
        time.advance(GRACE);
        assertThatNothingIsKept();
    }

    @Test
    void nothing_is_kept_of_commands_that_come_after_the_end() {
        life.open(ann);
        life.close(ann);
        useAll(ann);
        time.advance(GRACE);
        assertThatNothingIsKept();
    }

    @Test
    void nothing_is_kept_of_a_session_that_ends_while_it_begins() {
        presence.open(ann);
        time.advance(GRACE);
        assertThatNothingIsKept();
    }

    @Test
    void nothing_is_kept_of_a_session_that_never_began() {
        useAll(ann);
        time.advance(GRACE);
        assertThatNothingIsKept();
    }

    @Test
    void nothing_is_kept_of_sessions_that_end_while_they_are_used() throws Exception {
        for (int round = 0; round < 500; round++) {
            TestSession session = TestSession.of(annForAnHour);
            life.open(session);
            Future<?> use = threads.submit(() -> useAll(session));
            Future<?> end = threads.submit(() -> life.close(session));
            use.get(20, TimeUnit.SECONDS);
            end.get(20, TimeUnit.SECONDS);
        }
        time.advance(GRACE);
        assertThatNothingIsKept();
    }

    @Test
    void user_whose_sessions_join_and_leave_concurrently_has_left_in_the_end() throws Exception {
        Runnable comeAndGo = () -> {
            for (int round = 0; round < 2_000; round++) {
                TestSession session = TestSession.of("ann");
                life.open(session);
                rooms.join("room", session);
                life.close(session);
            }
        };
        Future<?> one = threads.submit(comeAndGo);
        Future<?> two = threads.submit(comeAndGo);
        one.get(50, TimeUnit.SECONDS);
        two.get(50, TimeUnit.SECONDS);
        time.advance(GRACE);
        assertThatNothingIsKept();
    }

    @Test
    void session_closes_although_the_scheduler_was_shut_down() {
        life.open(ann);
        time.scheduler().shutdown();
        life.close(ann);
        assertThat(rooms.sessions()).isZero();
    }
}
