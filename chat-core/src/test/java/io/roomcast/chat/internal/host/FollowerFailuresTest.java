package io.roomcast.chat.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.internal.host.FollowerFixture.Node;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatFollower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what followers receive after failures of their own, of servers and of the store. */
class FollowerFailuresTest extends FollowerCase {
    /** The follower may have handled the message, although the attempt failed, and then takes the message for a repeat. */
    @Test
    void message_that_changed_after_a_failed_attempt_is_passed_as_a_message_and_as_a_change() {
        Node node = following(crm);
        crm.failures = 1;
        Message message = node.send("c");
        fixture.advance(MOMENT);
        node.react(message, "bob");
        fixture.advance(LONG);
        assertThat(crm.handled).containsExactly("c:1", "c:v1");
    }

    @Test
    void failed_events_are_passed_again_with_growing_delays_while_others_go_on() {
        List<Instant> attempts = new ArrayList<>();
        ChatFollower failing = (conversationId, events) -> {
            if (conversationId.equals("bad") && attempts.size() < 12) {
                attempts.add(fixture.time.clock().instant());
                throw new IllegalStateException("not now");
            }
            crm.onEvents(conversationId, events);
        };
        Node node = following(failing);
        node.send("bad");
        node.send("good");
        fixture.advance(MOMENT);
        node.send("bad");
        node.send("good");
        fixture.advance(Duration.ofHours(1));
        assertThat(crm.handled).containsExactly("good:1", "good:2", "bad:1", "bad:2");
        List<Long> delays = IntStream.range(1, attempts.size())
                .mapToObj(i ->
                        Duration.between(attempts.get(i - 1), attempts.get(i)).toSeconds())
                .toList();
        assertThat(delays).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);
    }

    @Test
    void attempts_are_counted_over_servers() {
        List<Integer> attempts = new ArrayList<>();
        ChatFollower failing = new ChatFollower() {
            @Override
            public void onEvents(String conversationId, List<ChatEvent> events) {
                throw new IllegalStateException("not now");
            }

            @Override
            public Optional<Duration> retryAfter(Throwable failure, int attempt) {
                attempts.add(attempt);
                return Optional.of(Duration.ofMinutes(2));
            }
        };
        Node node = following(failing);
        node.send("c");
        fixture.advance(MOMENT);
        node.crash();
        following(failing);
        fixture.advance(Duration.ofMinutes(5));
        assertThat(attempts).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 900, 1_500})
    void another_server_takes_over_from_one_that_crashes(int afterMillis) {
        Node one = following(crm);
        following(crm);
        one.send("c");
        fixture.advance(Duration.ofMillis(afterMillis));
        one.crash();
        fixture.store("c");
        fixture.advance(LONG);
        assertThat(Stream.of("c:1", "c:2")).allMatch(crm.handled::contains);
        assertThat(crm.handled.stream().distinct()).containsExactly("c:1", "c:2");
    }

    @Test
    void follower_that_gives_up_is_paused_and_loses_nothing() {
        ChatFollower refusing = new ChatFollower() {
            @Override
            public void onEvents(String conversationId, List<ChatEvent> events) {
                crm.onEvents(conversationId, events);
            }

            @Override
            public Optional<Duration> retryAfter(Throwable failure, int attempts) {
                return Optional.empty();
            }
        };
        crm.failures = 1;
        Node node = fixture.node();
        FollowerRunner runner = node.followers.follow("crm", refusing);
        fixture.advance(MOMENT);
        node.send("c");
        node.send("d");
        fixture.advance(LONG);
        assertThat(runner.isPaused()).isTrue();
        runner.resume();
        fixture.advance(MOMENT);
        assertThat(crm.handled).containsExactlyInAnyOrder("c:1", "d:1");
    }

    @Test
    void outage_of_the_store_delays_events() {
        FailingStore failing = new FailingStore(fixture.store);
        Node node = fixture.new Node(failing);
        node.followers.follow("crm", crm);
        fixture.advance(MOMENT);
        failing.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        node.send("c");
        fixture.advance(Duration.ofSeconds(30));
        assertThat(crm.handled).isEmpty();
        failing.recover();
        fixture.advance(Duration.ofSeconds(3));
        assertThat(crm.handled).containsExactly("c:1");
    }

    static Stream<Supplier<Throwable>> outages() {
        return Stream.of(
                () -> ChatException.of(ErrorCode.TIMEOUT),
                IllegalStateException::new,
                StackOverflowError::new,
                NoClassDefFoundError::new);
    }

    @ParameterizedTest
    @MethodSource("outages")
    void outage_while_positions_are_written_delays_events_and_repeats_none(Supplier<Throwable> outage) {
        FailingStore failing = new FailingStore(fixture.store);
        Node node = fixture.new Node(failing);
        node.followers.follow("crm", crm);
        fixture.advance(MOMENT);
        for (int i = 0; i < 40; i++) {
            if (i == 20) {
                failing.failWith(outage);
            } else if (i == 30) {
                failing.recover();
            }
            node.send("c");
            fixture.advance(Duration.ofMillis(200));
        }
        fixture.advance(Duration.ofSeconds(5));
        assertThat(crm.handled).isEqualTo(names("c", 1, 40));
        FollowerState stored = fixture.store.followerStates("crm", List.of("c")).get(0);
        assertThat(stored).isEqualTo(FollowerState.idle("crm", "c", new Position(40, 0)));
    }

    /** Otherwise what is stored meanwhile, and not reported because of a crash, would be found an hour later or never. */
    @Test
    void activity_is_found_after_the_clock_was_set_back() {
        following(crm);
        fixture.advance(Duration.ofHours(2));
        fixture.time.adjustClock(Duration.ofHours(-1));
        fixture.store("c");
        fixture.advance(LONG);
        fixture.store("d");
        fixture.advance(LONG);
        assertThat(crm.handled).containsExactly("c:1", "d:1");
    }

    @Test
    void comparison_that_a_crash_interrupted_is_repeated_after_the_clock_was_set_back() {
        Node node = following(crm);
        fixture.advance(Duration.ofHours(2));
        node.crash();
        FollowerState whole = fixture.store.followerStates("crm", List.of("")).get(0);
        Instant now = fixture.time.clock().instant();
        fixture.store.saveFollowerState(whole, whole.leased("crashed", now.plusSeconds(120)));
        fixture.time.adjustClock(Duration.ofHours(-1));
        fixture.store("c");
        following(crm);
        fixture.advance(LONG);
        assertThat(crm.handled).containsExactly("c:1");
    }

    @Test
    void outage_after_the_events_were_handled_may_repeat_them() {
        FailingStore failing = new FailingStore(fixture.store);
        Node node = fixture.new Node(failing);
        node.followers.follow("crm", (conversationId, events) -> {
            crm.onEvents(conversationId, events);
            failing.failWith(() -> ChatException.of(ErrorCode.TIMEOUT));
        });
        fixture.advance(MOMENT);
        node.send("c");
        fixture.advance(Duration.ofMinutes(1));
        failing.recover();
        fixture.advance(MOMENT);
        node.send("c");
        fixture.advance(LONG);
        failing.recover();
        fixture.advance(LONG);
        assertThat(crm.handled.stream().distinct()).containsExactly("c:1", "c:2");
    }
}
