package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.SlowStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The acks of messages while many sessions join, on the default number of workers and two processors. */
class JoinCrowdLatencyTest {
    private static final Duration LIMIT = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration READ = Duration.ofMillis(2);

    private final VirtualTime time = new VirtualTime();
    private final SimulatedWorkers workers = new SimulatedWorkers(16, 2, time);
    private final AtomicLong synced = new AtomicLong();
    private final AtomicLong required = new AtomicLong();
    private final ChatStore memory = ChatStore.inMemory(time.clock());
    private final ChatEngine chat = ChatEngine.builder()
            .store(new SlowStore(() -> workers.block(READ)).around(memory))
            .executor(workers)
            .clock(time.clock())
            .scheduler(time.scheduler())
            .broadcaster(this::count)
            .build();

    @AfterEach
    void close() {
        chat.close(Duration.ZERO);
    }

    private void count(ChatEvent event, List<Session> recipients) {
        synced.addAndGet(event instanceof RoomSynced ? recipients.size() : 0);
        required.addAndGet(event instanceof SyncRequired ? recipients.size() : 0);
    }

    private List<TestSession> sessions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestSession.of("user-" + i))
                .peek(chat::open)
                .toList();
    }

    private void fill(List<String> rooms) {
        rooms.forEach(room -> memory.append(List.of(Drafts.text(room, "bob", "one"), Drafts.text(room, "bob", "two"))));
    }

    @ParameterizedTest(name = "{0} sessions, {1} rooms each")
    @CsvSource({"3000, 1", "3000, 50", "20, 200"})
    void message_is_acknowledged_promptly_while_sessions_resume(int crowd, int roomsOfEach) {
        List<String> rooms =
                IntStream.range(0, roomsOfEach).mapToObj(i -> "room-" + i).toList();
        fill(rooms);
        TestSession sender = sessions(1).get(0);
        Map<String, Position> known =
                rooms.stream().collect(Collectors.toMap(room -> room, room -> new Position(1, 0)));
        sessions(crowd).forEach(session -> chat.resume(session, new Resume(memory.epoch(), known)));
        assertPromptAcks(sender, () -> synced.get() == (long) crowd * roomsOfEach);
    }

    @ParameterizedTest(name = "{0} sessions")
    @ValueSource(ints = {3_000, 5_000})
    void message_is_acknowledged_promptly_while_sessions_join(int crowd) {
        fill(List.of("room-0"));
        TestSession sender = sessions(1).get(0);
        AtomicLong joined = new AtomicLong();
        sessions(crowd)
                .forEach(
                        session -> chat.execute(session, JoinRoom.of("room-0"), new Answer<>(joined::incrementAndGet)));
        assertPromptAcks(sender, () -> joined.get() == crowd);
    }

    /** Sends messages until all sessions are in their rooms. */
    private void assertPromptAcks(TestSession sender, BooleanSupplier allAreIn) {
        List<Duration> acks = new ArrayList<>();
        while (!allAreIn.getAsBoolean()) {
            acks.add(ackTime(sender));
            long next = workers.now() + PAUSE.toNanos();
            workers.runUntil(() -> workers.now() >= next || allAreIn.getAsBoolean());
        }
        assertThat(acks).isNotEmpty().allSatisfy(ack -> assertThat(ack).isLessThan(LIMIT));
        assertThat(required).hasValue(0);
    }

    private Duration ackTime(TestSession sender) {
        AtomicLong answeredAt = new AtomicLong(-1);
        long sentAt = workers.now();
        chat.execute(
                sender, ChatFixture.text("room-0", "meanwhile"), new Answer<>(() -> answeredAt.set(workers.now())));
        workers.runUntil(() -> answeredAt.get() >= 0);
        return Duration.ofNanos(answeredAt.get() - sentAt);
    }
}
