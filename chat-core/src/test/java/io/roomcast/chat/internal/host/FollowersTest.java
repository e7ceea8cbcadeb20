package io.roomcast.chat.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.fixture.CallCounter;
import io.roomcast.chat.internal.host.FollowerFixture.Node;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.spi.ChatFollower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FollowersTest extends FollowerCase {
    @Test
    void messages_and_changes_are_passed_a_moment_later_in_order() {
        Node node = following(crm);
        Message first = node.send("c");
        node.react(first, "bob");
        node.send("c");
        node.react(first, "cid");
        fixture.advance(MOMENT);
        assertThat(crm.handled).containsExactly("c:1", "c:v1", "c:2", "c:v2");
        fixture.advance(LONG);
        assertThat(crm.handled).hasSize(4);
    }

    @Test
    void new_follower_begins_now_and_a_known_one_where_it_stopped() {
        Message old = fixture.store("c");
        fixture.reactUnreported(old, "bob");
        fixture.store("other");
        fixture.advance(MOMENT);
        Node node = following(crm);
        fixture.advance(LONG);
        assertThat(crm.handled).isEmpty();

        node.send("c");
        fixture.advance(LONG);
        node.followers.close();
        fixture.store("c");
        fixture.reactUnreported(old, "cid");
        fixture.store("new");
        fixture.advance(Duration.ofDays(3));
        assertThat(crm.handled).containsExactly("c:2");

        following(crm);
        assertThat(crm.handled).containsExactlyInAnyOrder("c:2", "c:3", "c:v2", "new:1");
    }

    @Test
    void lively_conversation_costs_one_write_a_second_and_hardly_any_read() {
        CallCounter calls = new CallCounter();
        Node node = fixture.new Node(calls.around(fixture.store));
        node.followers.follow("crm", crm);
        node.send("c");
        fixture.advance(MOMENT);
        calls.clear();
        for (int i = 0; i < 1_000; i++) {
            node.send("c");
            fixture.advance(Duration.ofMillis(10));
        }
        assertThat(crm.handled).hasSizeGreaterThan(990);
        assertThat(calls.calls().stream().filter("saveFollowerState"::equals)).hasSizeBetween(9, 12);
        assertThat(calls.calls().stream().filter("catchUp"::equals)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void events_of_many_conversations_wake_up_one_thread() {
        Node node = following(crm);
        int before = node.wakeUps;
        IntStream.range(0, 100).forEach(i -> node.send("c" + i));
        fixture.advance(Duration.ofMillis(500));
        assertThat(crm.handled).hasSize(100);
        assertThat(node.wakeUps - before).isEqualTo(1);
    }

    @Test
    void reporting_an_event_calls_the_store_never() {
        CallCounter calls = new CallCounter();
        Node node = fixture.new Node(calls.around(fixture.store));
        node.followers.follow("crm", crm);
        fixture.advance(MOMENT);
        calls.clear();
        node.send("c");
        assertThat(calls.calls()).isEmpty();
    }

    @Test
    void events_of_which_no_server_reports_are_found() {
        following(crm);
        Message first = fixture.store("c");
        fixture.store("d");
        fixture.advance(LONG);
        assertThat(crm.handled).containsExactlyInAnyOrder("c:1", "d:1");
        fixture.reactUnreported(first, "bob");
        fixture.advance(LONG);
        assertThat(crm.handled).endsWith("c:v1").hasSize(3);
    }

    @Test
    void server_reads_what_another_one_stored_between_its_own() {
        Node node = following(crm);
        node.send("c");
        fixture.store("c");
        node.send("c");
        fixture.advance(MOMENT);
        assertThat(crm.handled).isEqualTo(names("c", 1, 3));
    }

    @Test
    void servers_share_a_follower_without_repeats() {
        Node one = following(crm);
        Node two = following(crm);
        for (int i = 0; i < 200; i++) {
            (i % 3 == 0 ? one : two).send("c");
            fixture.advance(Duration.ofMillis(i % 50 == 0 ? 2_000 : 7));
        }
        fixture.advance(Duration.ofSeconds(5));
        assertThat(crm.handled).isEqualTo(names("c", 1, 200));
    }

    @Test
    void paused_follower_continues_where_it_stopped() {
        Node node = fixture.node();
        FollowerRunner runner = node.followers.follow("crm", crm);
        fixture.advance(MOMENT);
        node.send("c");
        fixture.advance(MOMENT);
        runner.pause();
        node.send("c");
        node.send("d");
        fixture.advance(Duration.ofHours(1));
        assertThat(crm.handled).containsExactly("c:1");
        assertThat(runner.isPaused()).isTrue();
        assertThat(runner.lag()).isGreaterThanOrEqualTo(Duration.ofHours(1));

        runner.resume();
        fixture.advance(MOMENT);
        assertThat(crm.handled).containsExactlyInAnyOrder("c:1", "c:2", "d:1");
        assertThat(runner.lag()).isZero();
    }

    @Test
    void lag_is_the_age_of_the_oldest_event_that_waits() {
        crm.failures = 5;
        Node node = fixture.node();
        FollowerRunner runner = node.followers.follow("crm", crm);
        fixture.advance(MOMENT);
        assertThat(runner.lag()).isZero();
        node.send("c");
        fixture.advance(Duration.ofSeconds(10));
        assertThat(runner.lag()).isEqualTo(Duration.ofSeconds(10));
        fixture.advance(LONG);
        assertThat(runner.lag()).isZero();
    }

    /** A conversation in which an event always waits is not one whose oldest event waits ever longer. */
    @Test
    void lag_of_a_follower_that_keeps_up_does_not_grow() {
        Node node = fixture.node();
        List<Duration> lags = new ArrayList<>();
        List<FollowerRunner> runner = new ArrayList<>();
        runner.add(node.followers.follow("crm", (conversationId, events) -> {
            lags.add(runner.get(0).lag());
            fixture.time.adjustClock(Duration.ofMillis(100));
            if (lags.size() < 50) {
                node.send("c");
            }
        }));
        fixture.advance(MOMENT);
        node.send("c");
        fixture.advance(MOMENT);
        assertThat(lags).hasSize(50).allMatch(lag -> lag.compareTo(Duration.ofMillis(200)) <= 0);
        assertThat(runner.get(0).lag()).isZero();
    }

    @Test
    void many_events_are_passed_in_pages() {
        Node node = following(crm);
        node.followers.close();
        for (int i = 0; i < 3 * FollowedConversation.PAGE + 1; i++) {
            fixture.store("c");
        }
        List<Integer> sizes = new ArrayList<>();
        following((conversationId, events) -> {
            sizes.add(events.size());
            crm.onEvents(conversationId, events);
        });
        assertThat(sizes).containsExactly(200, 200, 200, 1);
        assertThat(crm.handled).isEqualTo(names("c", 1, 601));
    }

    /** Receives one event in each call. */
    private record OneByOne(ChatFollower follower) implements ChatFollower {
        @Override
        public void onEvents(String conversationId, List<ChatEvent> events) throws Exception {
            assertThat(events).hasSize(1);
            follower.onEvents(conversationId, events);
        }

        @Override
        public int maxEvents() {
            return 1;
        }
    }

    @Test
    void follower_may_limit_the_events_of_a_call_and_repeats_only_the_one_that_failed() {
        List<String> calls = new ArrayList<>();
        ChatFollower failing = (conversationId, events) -> {
            String name = FollowerFixture.name(events.get(0));
            calls.add(name);
            if (calls.size() == 4 || calls.size() == 5) {
                throw new IllegalStateException("not now");
            }
        };
        Node node = following(new OneByOne(failing));
        Message first = node.send("c");
        node.react(first, "bob");
        node.send("c");
        node.react(first, "cid");
        node.send("c");
        fixture.advance(LONG);
        assertThat(calls).containsExactly("c:1", "c:v1", "c:2", "c:v2", "c:3", "c:3", "c:v2");
    }

    @Test
    void pages_are_passed_one_by_one_as_well() {
        Node node = following(crm);
        Message first = node.send("c");
        fixture.advance(LONG);
        node.followers.close();
        for (int i = 0; i < 300; i++) {
            fixture.store("c");
            fixture.reactUnreported(first, "user-" + i % 50);
        }
        following(new OneByOne(crm));
        fixture.advance(LONG);
        assertThat(crm.handled).contains("c:v50").hasSize(302);
        assertThat(crm.handled.stream().filter(name -> !name.contains("v"))).isEqualTo(names("c", 1, 301));
    }

    @Test
    void conversations_beyond_the_bound_wait_in_the_store() {
        crm.failures = Integer.MAX_VALUE;
        Node node = following(crm);
        int count = FollowerRunner.MAX_CONVERSATIONS + 500;
        IntStream.range(0, count).forEach(i -> node.send("c" + i));
        fixture.advance(MOMENT);
        crm.failures = 0;
        fixture.advance(LONG);
        assertThat(crm.handled).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void changes_that_the_store_no_longer_has_are_skipped() {
        Node node = following(crm);
        Message first = node.send("c");
        fixture.advance(MOMENT);
        node.followers.close();
        Message changed = first;
        for (int i = 0; i < 10_001; i++) {
            changed = fixture.reactUnreported(changed, "user-" + i % 2);
            changed = fixture.unreact(changed, "user-" + i % 2);
        }
        fixture.store("c");
        Node later = following(crm);
        later.send("c");
        fixture.advance(MOMENT);
        assertThat(crm.handled).containsExactly("c:1", "c:2", "c:3");
    }

    @Test
    void deleted_conversation_ends() {
        Node node = following(crm);
        node.send("c");
        fixture.store.delete("c");
        fixture.advance(LONG);
        assertThat(crm.handled.size()).isLessThanOrEqualTo(1);
        assertThat(fixture.store.dueFollowerStates("crm", fixture.time.clock().instant(), 10))
                .isEmpty();
    }

    @Test
    void name_is_taken_once_on_a_server_and_none_after_the_end() {
        Node node = following(crm);
        assertThatThrownBy(() -> node.followers.follow("crm", crm))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("crm");
        node.followers.close();
        assertThatThrownBy(() -> node.followers.follow("other", crm)).isInstanceOf(IllegalStateException.class);
        assertThat(fixture.time.timers()).isLessThanOrEqualTo(1);
    }
}
