package io.roomcast.chat.internal.room;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoomRegistryTest {
    private final RoomRegistry registry = new RoomRegistry(3, 200);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final TestSession ann = TestSession.of("ann");
    private final TestSession bob = TestSession.of("bob");

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void joined_sessions_are_listed_in_order_of_joining() {
        registry.open(ann);
        registry.open(bob);
        registry.join("room", bob);
        registry.join("room", ann);
        assertThat(registry.sessionsIn("room")).containsExactly(bob, ann);
    }

    @Test
    void joining_twice_is_joining_once() {
        registry.open(ann);
        registry.join("room", ann);
        registry.join("room", ann);
        assertThat(registry.sessionsIn("room")).containsExactly(ann);
        registry.leave("room", ann);
        assertThat(registry.sessionsIn("room")).isEmpty();
    }

    @Test
    void session_that_was_never_opened_joins_nothing() {
        registry.join("room", ann);
        assertThat(registry.sessionsIn("room")).isEmpty();
        assertThat(registry.rooms()).isZero();
    }

    @Test
    void closed_session_joins_nothing() {
        registry.open(ann);
        registry.close(ann);
        registry.join("room", ann);
        assertThat(registry.sessionsIn("room")).isEmpty();
        assertThat(registry.sessions()).isZero();
    }

    @Test
    void closing_removes_a_session_from_all_its_rooms() {
        registry.open(ann);
        registry.open(bob);
        registry.join("one", ann);
        registry.join("two", ann);
        registry.join("two", bob);
        registry.close(ann);
        assertThat(registry.sessionsIn("one")).isEmpty();
        assertThat(registry.sessionsIn("two")).containsExactly(bob);
        assertThat(registry.rooms()).isEqualTo(1);
    }

    @Test
    void opening_twice_keeps_the_rooms() {
        registry.open(ann);
        registry.join("room", ann);
        registry.open(ann);
        registry.close(ann);
        assertThat(registry.rooms()).isZero();
    }

    @Test
    void empty_room_is_removed() {
        registry.open(ann);
        registry.join("room", ann);
        registry.leave("room", ann);
        assertThat(registry.rooms()).isZero();
    }

    @Test
    void leaving_another_room_changes_nothing() {
        registry.open(ann);
        registry.open(bob);
        registry.join("room", bob);
        registry.leave("room", ann);
        assertThat(registry.sessionsIn("room")).containsExactly(bob);
    }

    @Test
    void room_beyond_the_limit_is_refused_until_one_is_left() {
        registry.open(ann);
        IntStream.range(0, 3).forEach(i -> registry.join("room-" + i, ann));
        ChatException refusal = catchThrowableOfType(ChatException.class, () -> registry.join("more", ann));
        assertThat(refusal.code()).isEqualTo(ErrorCode.ROOM_LIMIT);
        assertThat(registry.sessionsIn("more")).isEmpty();
        registry.leave("room-1", ann);
        registry.join("more", ann);
        assertThat(registry.sessionsIn("more")).containsExactly(ann);
    }

    @Test
    void joining_again_is_not_refused_at_the_limit() {
        registry.open(ann);
        IntStream.range(0, 3).forEach(i -> registry.join("room-" + i, ann));
        registry.join("room-2", ann);
        assertThat(registry.sessionsIn("room-2")).containsExactly(ann);
    }

    @Test
    void list_of_sessions_is_a_snapshot() {
        registry.open(ann);
        registry.open(bob);
        registry.join("room", ann);
        List<Session> seen = registry.sessionsIn("room");
        registry.join("room", bob);
        assertThat(seen).containsExactly(ann);
    }

    @Test
    void session_that_closes_while_it_joins_is_in_no_room() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            TestSession session = TestSession.of("ann");
            registry.open(session);
            race(
                    () -> registry.join("one", session),
                    () -> registry.join("two", session),
                    () -> registry.leave("one", session),
                    () -> registry.close(session));
            assertThat(registry.sessionsIn("one")).isEmpty();
            assertThat(registry.sessionsIn("two")).isEmpty();
        }
        assertThat(registry.rooms()).isZero();
        assertThat(registry.sessions()).isZero();
    }

    @Test
    void racing_joins_and_leaves_of_many_sessions_leave_no_session() throws Exception {
        List<TestSession> sessions =
                IntStream.range(0, 4).mapToObj(i -> TestSession.of("user-" + i)).toList();
        race(sessions.stream()
                .<Runnable>map(session -> () -> comeAndGo(session))
                .toArray(Runnable[]::new));
        assertThat(registry.rooms()).isZero();
        assertThat(registry.sessions()).isZero();
    }

    private void comeAndGo(TestSession session) {
        for (int round = 0; round < 5_000; round++) {
            registry.open(session);
            registry.join("room-" + round % 3, session);
            assertThat(registry.sessionsIn("room-" + round % 3)).contains(session);
            registry.leave("room-" + (round + 1) % 3, session);
            registry.close(session);
        }
    }

    private void race(Runnable... runners) throws Exception {
        CyclicBarrier start = new CyclicBarrier(runners.length);
        List<Future<?>> all = new ArrayList<>();
        for (Runnable runner : runners) {
            all.add(threads.submit(() -> {
                start.await(20, SECONDS);
                runner.run();
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get(20, SECONDS);
        }
    }
}
