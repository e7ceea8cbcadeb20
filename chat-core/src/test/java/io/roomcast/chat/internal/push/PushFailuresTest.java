package io.roomcast.chat.internal.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.push.PushFixture.Node;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows the answers of push services, and the end of servers. */
class PushFailuresTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(2);

    private final PushFixture fixture = new PushFixture();

    private Node start(String... users) {
        fixture.group(users);
        Node node = fixture.new Node();
        for (String userId : users) {
            fixture.register(node, userId, "p:" + userId);
        }
        return node;
    }

    private List<PushDevice> devicesOf(String userId) {
        return fixture.store.devices().of(List.of(userId)).getOrDefault(userId, List.of());
    }

    private void answer(PushResult... results) {
        fixture.web.answers.addAll(List.of(results));
    }

    @Test
    void device_that_is_gone_is_removed() {
        Node node = start("bob");
        answer(PushResult.gone());
        fixture.send(node, "hello");
        fixture.advance(LONG);
        assertThat(devicesOf("bob")).isEmpty();
        assertThat(fixture.stored()).isEmpty();
        fixture.send(node, "again");
        fixture.advance(LONG);
        assertThat(fixture.web.log).hasSize(1);
    }

    @Test
    void device_is_removed_after_three_refusals_in_a_row() {
        Node node = start("bob");
        PushResult refused = PushResult.refused("status 403");
        answer(refused, refused, PushResult.delivered(), refused, refused, refused);
        for (int i = 0; i < 5; i++) {
            fixture.send(node, "hello");
            fixture.advance(SECOND);
        }
        assertThat(devicesOf("bob")).extracting(PushDevice::refusals).containsExactly(2);
        fixture.send(node, "last");
        fixture.advance(SECOND);
        assertThat(devicesOf("bob")).isEmpty();
        assertThat(fixture.web.log).hasSize(6);
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void notification_that_the_service_does_not_accept_is_dropped() {
        Node node = start("bob");
        answer(PushResult.invalid("status 413"));
        fixture.send(node, "hello");
        fixture.advance(LONG);
        assertThat(fixture.web.log).hasSize(1);
        assertThat(devicesOf("bob")).hasSize(1);
        assertThat(fixture.stored()).isEmpty();
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of(PushResult.later(), List.of(1, 2, 4, 8, 16)),
                Arguments.of(new PushResult(PushResult.Outcome.LATER, null, "throw"), List.of(1, 2, 4, 8, 16)),
                Arguments.of(PushResult.later(Duration.ofSeconds(40)), List.of(40, 40, 40, 40, 40)));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void notification_is_sent_again_with_the_same_id(PushResult failure, List<Integer> pauses) {
        Node node = start("bob");
        answer(failure, failure, failure, failure, failure);
        List<Instant> times = new ArrayList<>();
        fixture.send(node, "hello");
        int seen = 0;
        for (int i = 0; i < 3_000; i++) {
            fixture.advance(Duration.ofMillis(100));
            if (fixture.web.log.size() > seen) {
                seen = fixture.web.log.size();
                times.add(fixture.time.clock().instant());
            }
        }
        assertThat(fixture.web.log).hasSize(6).allMatch("p:bob g:1"::equals);
        for (int i = 0; i < pauses.size(); i++) {
            assertThat(Duration.between(times.get(i), times.get(i + 1)))
                    .isBetween(Duration.ofSeconds(pauses.get(i)), Duration.ofSeconds(pauses.get(i) + 6));
        }
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void newest_message_alone_is_sent_again() {
        Node node = start("bob");
        answer(PushResult.later(Duration.ofMinutes(10)));
        fixture.send(node, "first");
        fixture.advance(SECOND);
        fixture.send(node, "second");
        fixture.send(node, "third");
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly("p:bob g:1", "p:bob g:3");
    }

    @Test
    void what_cannot_be_sent_for_a_day_is_dropped() {
        Node node = start("bob");
        for (int i = 0; i < 1_000; i++) {
            answer(PushResult.later());
        }
        fixture.send(node, "hello");
        fixture.advance(Duration.ofHours(25));
        int tries = fixture.web.log.size();
        assertThat(tries).isBetween(80, 120);
        assertThat(fixture.stored()).isEmpty();
        fixture.advance(LONG);
        assertThat(fixture.web.log).hasSize(tries);
    }

    @Test
    void all_devices_of_a_service_wait_and_those_of_others_do_not() {
        fixture.group("bob", "cid", "dan", "eve", "flo");
        Node node = fixture.new Node();
        for (String userId : List.of("bob", "cid", "dan", "eve")) {
            fixture.register(node, userId, "slow:" + userId);
        }
        PushResult later = PushResult.later(Duration.ofMinutes(1));
        answer(later, later, later);
        fixture.send(node, "first");
        fixture.advance(SECOND);
        assertThat(fixture.web.log).hasSize(3);
        fixture.register(node, "flo", "fast:flo");
        fixture.send(node, "second");
        fixture.advance(Duration.ofSeconds(50));
        assertThat(fixture.web.log.subList(3, fixture.web.log.size())).containsExactly("fast:flo g:2");
        fixture.advance(Duration.ofMinutes(1));
        assertThat(fixture.web.log.subList(4, fixture.web.log.size()))
                .containsExactlyInAnyOrder("slow:bob g:2", "slow:cid g:2", "slow:dan g:2", "slow:eve g:2");
    }

    @Test
    void device_with_many_failures_delays_no_other() {
        Node node = start("bob");
        PushResult later = PushResult.later(Duration.ofHours(1));
        answer(later, later, later, later);
        fixture.send(node, "hello");
        fixture.advance(Duration.ofHours(4));
        assertThat(fixture.web.log).hasSize(4);
        fixture.store.addMembers(PushFixture.GROUP, Set.of("cid"));
        fixture.register(node, "cid", "p:cid");
        fixture.send(node, "second");
        fixture.advance(Duration.ofSeconds(2));
        assertThat(fixture.web.log).hasSize(5).endsWith("p:cid g:2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 1_000})
    void another_server_sends_what_a_killed_one_has_left(int millis) {
        Node node = start("bob");
        Node other = fixture.new Node();
        fixture.send(node, "hello");
        fixture.advance(Duration.ofMillis(millis));
        node.kill();
        fixture.advance(Duration.ofSeconds(30));
        assertThat(fixture.web.log).containsExactly("p:bob g:1");
        assertThat(fixture.stored()).isEmpty();
        other.kill();
    }

    @Test
    void killed_server_has_sent_but_not_recorded_it_so_it_is_sent_with_the_same_id() {
        Node node = start("bob");
        Node other = fixture.new Node();
        Message message = fixture.send(node, "hello");
        fixture.advance(SECOND);
        other.follow(message);
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly("p:bob g:1", "p:bob g:1");
    }

    @Test
    void another_server_sends_the_newest_message_of_a_killed_one() {
        Node node = start("bob");
        Node other = fixture.new Node();
        fixture.connected.add("bob");
        fixture.send(node, "first");
        fixture.send(node, "second");
        node.kill();
        fixture.advance(Duration.ofMinutes(1));
        assertThat(fixture.web.log).containsExactly("p:bob g:2");
        other.kill();
    }

    @Test
    void content_without_a_text_is_sent_without_one() {
        fixture.content = subject -> null;
        Node node = start("bob");
        fixture.send(node, "hello");
        fixture.advance(SECOND);
        assertThat(fixture.web.sent).extracting(PushMessage::title).containsOnlyNulls();
        assertThat(fixture.web.log).containsExactly("p:bob g:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "cid", "dan"})
    void user_for_whom_the_policy_fails_delays_no_other(String user) {
        Node node = start("bob", "cid", "dan");
        fixture.undecided.add(user);
        fixture.send(node, "hello");
        fixture.advance(SECOND);
        assertThat(fixture.web.log).hasSize(2).doesNotContain("p:" + user + " g:1");
        fixture.undecided.clear();
        fixture.advance(Duration.ofSeconds(20));
        assertThat(fixture.web.log).hasSize(3).contains("p:" + user + " g:1");
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void notification_is_sent_although_the_clock_was_set_back_before_its_timer() {
        Node node = start("bob");
        fixture.send(node, "hello");
        fixture.time.adjustClock(Duration.ofSeconds(-10));
        fixture.advance(SECOND);
        assertThat(fixture.web.log).isEmpty();
        fixture.advance(Duration.ofMinutes(1));
        assertThat(fixture.web.log).containsExactly("p:bob g:1");
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void server_that_closes_leaves_what_waits_to_another_at_its_time() {
        Node node = start("bob");
        Node other = fixture.new Node();
        fixture.send(node, "hello");
        node.push.close();
        fixture.advance(Duration.ofSeconds(6));
        assertThat(fixture.web.log).containsExactly("p:bob g:1");
        other.kill();
    }

    @Test
    void two_servers_send_each_notification_once() {
        Node node = start("bob", "cid");
        Node other = fixture.new Node();
        for (int i = 0; i < 20; i++) {
            fixture.send(i % 2 == 0 ? node : other, "hello");
            fixture.advance(Duration.ofSeconds(7));
        }
        fixture.advance(LONG);
        assertThat(fixture.web.log).hasSize(40).doesNotHaveDuplicates();
    }
}
