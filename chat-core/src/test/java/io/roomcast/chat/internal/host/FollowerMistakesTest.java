package io.roomcast.chat.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.internal.host.FollowerFixture.Node;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.spi.ChatFollower;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A follower that throws anything, or answers nonsense, delays its own events and loses none. */
class FollowerMistakesTest extends FollowerCase {
    /** Throws once, and returns the given answers. */
    private final class Faulty implements ChatFollower {
        private final Throwable failure;
        private final IntSupplier maxEvents;
        private final Supplier<Optional<Duration>> delay;
        private boolean hasFailed;

        Faulty(Throwable failure, IntSupplier maxEvents, Supplier<Optional<Duration>> delay) {
            this.failure = failure;
            this.maxEvents = maxEvents;
            this.delay = delay;
        }

        @Override
        public void onEvents(String conversationId, List<ChatEvent> events) throws Exception {
            if (!hasFailed) {
                hasFailed = true;
                FollowerMistakesTest.<Exception>sneak(failure);
            }
            crm.onEvents(conversationId, events);
        }

        @Override
        public int maxEvents() {
            return maxEvents.getAsInt();
        }

        @Override
        public Optional<Duration> retryAfter(Throwable thrown, int attempts) {
            return delay.get();
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }

    private static Optional<Duration> soon() {
        return Optional.of(Duration.ofSeconds(1));
    }

    private void receivesAll(ChatFollower faulty, Duration limit) {
        Node node = following(faulty);
        for (int i = 0; i < 5; i++) {
            node.send("c");
        }
        fixture.advance(limit);
        assertThat(crm.handled).isEqualTo(names("c", 1, 5));
        node.send("c");
        fixture.advance(MOMENT);
        assertThat(crm.handled).isEqualTo(names("c", 1, 6));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException(),
                new Exception("checked"),
                new InterruptedException(),
                new AssertionError(),
                new StackOverflowError(),
                new NoClassDefFoundError());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void follower_may_throw_anything(Throwable failure) {
        receivesAll(new Faulty(failure, () -> 200, FollowerMistakesTest::soon), Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void fault_while_asked_for_a_delay_delays_the_events_by_five_minutes(Throwable fault) {
        Faulty faulty = new Faulty(new IllegalStateException(), () -> 200, () -> {
            FollowerMistakesTest.<RuntimeException>sneak(fault);
            return soon();
        });
        receivesAll(faulty, Duration.ofSeconds(ChatFollower.LAST_RETRY_SECONDS).plus(MOMENT));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void fault_while_asked_for_a_number_of_events_delays_nothing(Throwable fault) {
        Faulty faulty = new Faulty(
                new IllegalStateException(),
                () -> {
                    FollowerMistakesTest.<RuntimeException>sneak(fault);
                    return 0;
                },
                FollowerMistakesTest::soon);
        receivesAll(faulty, Duration.ofSeconds(2));
    }

    static Stream<Arguments> delays() {
        return Stream.of(
                Arguments.of(Duration.ZERO, Duration.ZERO),
                Arguments.of(Duration.ofNanos(-1), Duration.ZERO),
                Arguments.of(Duration.ofSeconds(Long.MIN_VALUE), Duration.ZERO),
                Arguments.of(Duration.ofDays(365), Duration.ofDays(365)),
                Arguments.of(Duration.ofDays(366), Duration.ofDays(365)),
                Arguments.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(365)));
    }

    @ParameterizedTest
    @MethodSource("delays")
    void delay_is_between_nothing_and_a_year(Duration delay, Duration effective) {
        IllegalStateException failure = new IllegalStateException();
        Faulty faulty = new Faulty(failure, () -> 200, () -> Optional.of(delay));
        assertThat(new GuardedFollower(faulty, new HostPort("follower")).retryAfter(failure, 1))
                .contains(effective);
        Node node = following(faulty);
        node.send("c");
        fixture.advance(MOMENT);
        node.send("d");
        fixture.advance(MOMENT.multipliedBy(2));
        assertThat(crm.handled).contains("d:1").hasSize(effective.isZero() ? 2 : 1);
    }

    @Test
    void missing_delay_is_five_minutes() {
        @SuppressWarnings("NullAway") // what a host may do
        Supplier<Optional<Duration>> none = () -> null;
        Faulty faulty = new Faulty(new IllegalStateException(), () -> 200, none);
        receivesAll(faulty, Duration.ofSeconds(ChatFollower.LAST_RETRY_SECONDS).plus(MOMENT));
    }

    static Stream<Integer> numbers() {
        return Stream.of(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void number_of_events_may_become_any(int number) {
        receivesAll(
                new Faulty(new IllegalStateException(), () -> number, FollowerMistakesTest::soon),
                Duration.ofSeconds(2));
    }
}
