package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.SlowStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One session that joins many rooms: it joins all of them, and delays the others by a few reads. */
@Timeout(60)
class JoinFairnessTest {
    private static final int ROOMS = 200;
    private static final int JOINS = 180;

    /** Waiting for each of the rooms would be hundreds of calls. */
    private static final long FEW_CALLS = 100;

    private final AtomicInteger synced = new AtomicInteger();
    private final ChatStore memory = ChatStore.inMemory();
    private final SlowStore slow = new SlowStore(Duration.ofMillis(5));
    private final ChatEngine chat = ChatEngine.builder()
            .store(slow.around(memory))
            .rateLimiter(RateLimiter.tokenBuckets())
            .broadcaster((event, recipients) -> synced.addAndGet(event instanceof RoomSynced ? recipients.size() : 0))
            .build();
    private final TestSession ann = TestSession.of("ann");
    private final TestSession bob = TestSession.of("bob");

    JoinFairnessTest() {
        chat.open(ann);
        chat.open(bob);
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private void fill() {
        IntStream.range(0, ROOMS)
                .forEach(i -> chat.service()
                        .send("room-" + i, NewMessage.text("cid", "one"))
                        .join());
        slow.clear();
    }

    @Test
    void session_that_resumes_many_rooms_delays_no_other() {
        fill();
        Map<String, Position> known =
                IntStream.range(0, ROOMS).boxed().collect(Collectors.toMap(i -> "room-" + i, i -> Position.START));
        chat.resume(ann, new Resume(memory.epoch(), known));
        assertThat(callsBeforeTheAnswer(bob, "elsewhere")).isLessThan(FEW_CALLS);
        await().until(() -> synced.get() == ROOMS);
        assertThat(slow.calls()).as(slow.summary()).isLessThan(FEW_CALLS);
    }

    @Test
    void rooms_that_are_joined_in_quick_succession_are_all_joined_and_delay_no_other() {
        fill();
        List<Answer<JoinRoom.Joined>> answers = IntStream.range(0, JOINS)
                .mapToObj(i -> {
                    Answer<JoinRoom.Joined> answer = new Answer<>();
                    chat.execute(ann, JoinRoom.of("room-" + i), answer);
                    return answer;
                })
                .toList();
        assertThat(callsBeforeTheAnswer(bob, "room-0")).isLessThan(FEW_CALLS);
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.result().position().seq()).isPositive());
        assertThat(chat.service().stats().rooms()).isEqualTo(JOINS);
    }

    /** The joiner's own commands in a room that it has joined do not wait for the other joins either. */
    @Test
    void own_command_elsewhere_does_not_wait_for_the_joins() {
        fill();
        IntStream.range(0, JOINS).forEach(i -> chat.execute(ann, JoinRoom.of("room-" + i), new Answer<>()));
        assertThat(callsBeforeTheAnswer(ann, "elsewhere")).isLessThan(FEW_CALLS);
    }

    private long callsBeforeTheAnswer(TestSession sender, String room) {
        AtomicLong calls = new AtomicLong();
        Answer<SendMessage.Sent> answer = new Answer<>(() -> calls.set(slow.calls()));
        long before = slow.calls();
        chat.execute(sender, text(room, "hello"), answer);
        answer.result();
        return calls.get() - before;
    }
}
