package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.SyncRequired.Reason;
import io.roomcast.chat.fixture.CallCounter;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that resumes is limited like a client that joins. */
class ResumeRateTest {
    private static final Duration WAIT = Duration.ofMillis(50);

    private final ChatStore store = ChatStore.inMemory();
    private final CallCounter counter = new CallCounter();
    private int permits = 3;
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.store(counter.around(store))
            .limits(Limits.builder().syncPage(10).build())
            .rateLimiter(this::acquire));
    private final int timers = fixture.time().timers();
    private final TestSession ann = fixture.user("ann");

    @AfterEach
    void close() {
        fixture.close();
    }

    private Duration acquire(String caller, Command<?> command) {
        assertThat(command).isInstanceOf(JoinRoom.class);
        permits = Math.max(-1, permits - 1);
        return permits >= 0 ? Duration.ZERO : WAIT;
    }

    private void resume(int rooms) {
        Map<String, Position> known = IntStream.range(0, rooms)
                .mapToObj(i -> "room" + i)
                .collect(Collectors.toMap(Function.identity(), room -> Position.START));
        fixture.engine().resume(ann, new Resume(store.epoch(), known));
    }

    private int toldTo() {
        return fixture.told().toldTo(ann).size();
    }

    @Test
    void rooms_beyond_the_permits_wait_and_all_come() {
        resume(150);
        assertThat(toldTo()).isEqualTo(3);
        permits = 7;
        fixture.time().advance(WAIT);
        assertThat(toldTo()).isEqualTo(10);
        permits = 1_000;
        fixture.time().advance(WAIT);
        assertThat(fixture.told().toldTo(ann)).hasSize(150).allMatch(RoomSynced.class::isInstance);
        assertThat(fixture.time().timers()).isEqualTo(timers);
    }

    @Test
    void waiting_is_no_breach() {
        resume(200);
        IntStream.range(0, 500).forEach(i -> fixture.time().advance(Duration.ofMillis(1)));
        assertThat(ann.hasEnded()).isFalse();
    }

    @Test
    void session_that_ends_waits_for_nothing() {
        resume(10);
        fixture.engine().close(ann);
        permits = 1_000;
        fixture.time().advance(WAIT);
        assertThat(toldTo()).isEqualTo(3);
        assertThat(fixture.time().timers()).isLessThanOrEqualTo(timers + 1);
    }

    @Test
    void pages_beyond_the_permits_are_left_to_the_client() {
        IntStream.range(0, 45)
                .forEach(i ->
                        fixture.chat().send("room0", NewMessage.system("hello")).join());
        counter.clear();
        resume(1);
        assertThat(fixture.told().toldTo(ann)).hasSize(4).last().isEqualTo(new SyncRequired("room0", Reason.GAP));
        assertThat(counter.calls()).filteredOn("catchUp"::equals).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 53, Long.MAX_VALUE})
    void impossible_position_reaches_no_store(long place) {
        counter.clear();
        fixture.engine()
                .resume(
                        ann,
                        new Resume(store.epoch(), Map.of("a", new Position(place, 0), "b", new Position(0, place))));
        assertThat(counter.calls()).doesNotContain("catchUp", "position");
        assertThat(fixture.told().toldTo(ann))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                SyncRequired.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Reason.POSITION_LOST)));
    }
}
