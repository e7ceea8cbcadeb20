package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.SlowStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many sessions that join at the same time while the store is slow, on the chat's own threads. How soon a message is
 * acknowledged meanwhile depends on the machine, so {@link JoinCrowdLatencyTest} limits it in simulated time.
 */
@Timeout(120)
class JoinCrowdTest {
    private static final Duration READ = Duration.ofMillis(2);

    /** Joins one at a time would wait for the reads of all earlier ones: six seconds or more. */
    private static final Duration PROMPT = Duration.ofSeconds(3);

    /** Waiting for the reads of all sessions would be thousands of calls, on a machine of any speed. */
    private static final long CALLS_MEANWHILE = 150;

    private static final int SENDS = 7;

    /** An answered send: its time, and the calls of the store that began before it was answered. */
    private record Sent(Duration time, long calls) {}

    private final Map<Session, AtomicInteger> synced = new ConcurrentHashMap<>();
    private final Map<Session, AtomicInteger> messages = new ConcurrentHashMap<>();
    private final AtomicInteger required = new AtomicInteger();
    private final ChatStore memory = ChatStore.inMemory();
    private final SlowStore slow = new SlowStore(READ);
    private final ChatEngine chat = ChatEngine.builder()
            .store(slow.around(memory))
            .broadcaster(this::count)
            .build();

    @AfterEach
    void close() {
        chat.close();
    }

    private void count(ChatEvent event, List<Session> recipients) {
        if (event instanceof SyncRequired) {
            required.addAndGet(recipients.size());
        } else if (event instanceof RoomSynced) {
            recipients.forEach(session -> add(synced, session));
        } else if (event instanceof MessageSent) {
            recipients.forEach(session -> add(messages, session));
        }
    }

    private static void add(Map<Session, AtomicInteger> counts, Session session) {
        counts.computeIfAbsent(session, key -> new AtomicInteger()).incrementAndGet();
    }

    private static int count(Map<Session, AtomicInteger> counts, Session session) {
        AtomicInteger count = counts.get(session);
        return count == null ? 0 : count.get();
    }

    private List<TestSession> sessions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestSession.of("user-" + i))
                .peek(chat::open)
                .toList();
    }

    private static List<String> rooms(int count) {
        return IntStream.range(0, count).mapToObj(i -> "room-" + i).toList();
    }

    private void fill(List<String> rooms) {
        rooms.forEach(room -> {
            chat.service().send(room, NewMessage.text("bob", "one")).join();
            chat.service().send(room, NewMessage.text("bob", "two")).join();
        });
    }

    private void assertPrompt(TestSession sender, String room) {
        List<Sent> sends =
                Stream.generate(() -> send(sender, room)).limit(SENDS).toList();
        assertThat(sends).allSatisfy(sent -> assertThat(sent.time()).isLessThan(PROMPT));
        assertThat(sends.stream().map(Sent::calls).sorted().toList().get(SENDS / 2))
                .as("median of %s", sends)
                .isLessThan(CALLS_MEANWHILE);
    }

    private Sent send(TestSession sender, String room) {
        AtomicLong ended = new AtomicLong();
        AtomicLong calls = new AtomicLong();
        Answer<SendMessage.Sent> answer = new Answer<>(() -> {
            calls.set(slow.calls());
            ended.set(System.nanoTime());
        });
        long before = slow.calls();
        long began = System.nanoTime();
        chat.execute(sender, text(room, "meanwhile"), answer);
        answer.result();
        return new Sent(Duration.ofNanos(ended.get() - began), calls.get() - before);
    }

    @ParameterizedTest(name = "{0} sessions, {1} rooms each")
    @CsvSource({"3000, 1", "3000, 50", "20, 200"})
    void many_returning_clients_are_admitted_and_catch_up(int crowd, int roomsOfEach) {
        List<String> rooms = rooms(roomsOfEach);
        fill(rooms);
        TestSession sender = sessions(1).get(0);
        List<TestSession> sessions = sessions(crowd);
        Map<String, Position> known =
                rooms.stream().collect(Collectors.toMap(room -> room, room -> new Position(1, 0)));
        slow.clear();
        sessions.forEach(session -> chat.resume(session, new Resume(memory.epoch(), known)));
        assertPrompt(sender, rooms.get(0));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sessions.stream().allMatch(session -> count(synced, session) == roomsOfEach));
        assertThat(required).hasValue(0);
        assertThat(slow.calls()).as(slow.summary()).isLessThanOrEqualTo(12L * crowd);
        chat.service().send(rooms.get(0), NewMessage.text("bob", "live")).join();
        await().untilAsserted(() -> assertThat(sessions).allMatch(session -> count(messages, session) >= 1));
    }

    @Test
    void crowd_that_joins_is_let_in() {
        fill(rooms(1));
        TestSession sender = sessions(1).get(0);
        List<Answer<JoinRoom.Joined>> answers = sessions(5_000).stream()
                .map(session -> {
                    Answer<JoinRoom.Joined> answer = new Answer<>();
                    chat.execute(session, JoinRoom.of("room-0"), answer);
                    return answer;
                })
                .toList();
        assertPrompt(sender, "room-0");
        assertThat(answers).noneMatch(Answer::isRefused);
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.result().position().seq()).isBetween(2L, 2L + SENDS));
    }

    /** A client that waits for nothing: the room that it left last is the one that it is not in. */
    @Test
    void order_of_joins_and_leaves_is_kept_in_a_crowd() {
        fill(rooms(1));
        List<TestSession> sessions = sessions(500);
        sessions.forEach(this::joinLeaveJoinAndLeave);
        Answer<JoinRoom.Joined> last = new Answer<>();
        TestSession witness = sessions(1).get(0);
        chat.execute(witness, JoinRoom.of("room-0"), last);
        last.result();
        await().until(() -> chat.service().stats().queued() == 0);
        chat.service().send("room-0", NewMessage.text("bob", "live")).join();
        await().until(() -> count(messages, witness) == 1);
        for (int i = 0; i < sessions.size(); i++) {
            assertThat(count(messages, sessions.get(i))).isEqualTo(i % 2);
        }
    }

    private void joinLeaveJoinAndLeave(TestSession session) {
        chat.execute(session, JoinRoom.of("room-0"), new Answer<>());
        chat.execute(session, new LeaveRoom("room-0"), new Answer<>());
        chat.execute(session, JoinRoom.after("room-0", new Position(1, 0)), new Answer<>());
        if (Integer.parseInt(session.principal().userId().substring("user-".length())) % 2 == 0) {
            chat.execute(session, new LeaveRoom("room-0"), new Answer<>());
        }
    }
}
