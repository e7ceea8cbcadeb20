package io.roomcast.chat.internal.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.push.PushFixture.Node;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallInvitation;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.model.PushMessage.Urgency;
import io.roomcast.chat.model.QuietHours;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications that a call rings, and of the end of its ringing, through push services and a store that fail. */
class CallPushesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration RING = Duration.ofSeconds(45);
    private static final Duration LONG = Duration.ofHours(2);
    private static final String RINGS = "p:bob call";
    private static final String ENDED = "p:bob call:ended";

    private final PushFixture fixture = new PushFixture();

    private Node start(String... users) {
        fixture.group(users);
        Node node = fixture.new Node();
        for (String userId : users) {
            fixture.register(node, userId, "p:" + userId);
        }
        return node;
    }

    private void answer(PushResult... results) {
        fixture.web.answers.addAll(List.of(results));
    }

    private static PushedCall pushed(PushMessage.Type type, Map<String, String> data, Duration timeToLive) {
        return new PushedCall(type, "call", PushFixture.GROUP, "ann", Set.of("bob", "cid"), data, timeToLive);
    }

    /** Stores a call that rings for bob, and notifies of it. */
    private void ring(Node node) {
        Instant now = fixture.time.clock().instant();
        Call call = new Call(
                "call",
                PushFixture.GROUP,
                false,
                CallMedia.VIDEO,
                "ann",
                now,
                now,
                null,
                null,
                null,
                null,
                null,
                false,
                2,
                List.of("ann"),
                List.of(new CallInvitation("bob", CallInvitation.State.RINGING)),
                List.of(),
                1);
        fixture.store.calls().start(call, now.plus(RING));
        node.push.callPushes().send(pushed(PushMessage.Type.CALL, Map.of("media", "video"), RING));
    }

    /** Returns how the ringing of the stored call ended. */
    private PushedCall end() {
        Call call = fixture.store.calls().find("call").orElseThrow();
        Call silent = new Call(
                call.callId(),
                call.conversationId(),
                call.isDirect(),
                call.media(),
                call.startedBy(),
                call.startedAt(),
                call.activeAt(),
                null,
                null,
                null,
                null,
                null,
                false,
                2,
                call.users(),
                List.of(new CallInvitation("bob", CallInvitation.State.MISSED)),
                List.of(),
                call.revision() + 1);
        fixture.store.calls().update(silent, call.startedAt().plus(LONG));
        return pushed(PushMessage.Type.CALL_ENDED, Map.of("reason", "missed"), LONG);
    }

    @Test
    void ring_is_sent_at_once_and_its_end_replaces_it() {
        Node node = start("bob");
        ring(node);
        assertThat(fixture.web.log).containsExactly(RINGS);
        fixture.advance(SECOND);
        node.push.callPushes().send(end());
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly(RINGS, ENDED);
        assertThat(fixture.web.sent).extracting(PushMessage::topic).containsOnly(PushMessage.topicOf("call"));
        assertThat(fixture.web.sent).extracting(PushMessage::urgency).containsOnly(Urgency.HIGH);
        assertThat(fixture.web.sent.get(0).timeToLive()).isEqualTo(RING);
        assertThat(fixture.web.sent.get(0).data()).isEqualTo(Map.of("callId", "call", "media", "video"));
        assertThat(fixture.web.sent.get(1).data()).isEqualTo(Map.of("callId", "call", "reason", "missed"));
    }

    @Test
    void ring_is_urgent_in_quiet_hours() {
        Node node = start("bob");
        LocalTime now = LocalTime.ofInstant(fixture.time.clock().instant(), ZoneOffset.UTC);
        fixture.register(node, "bob", "p:bob", new QuietHours(now.minusHours(1), now.plusHours(1), ZoneOffset.UTC));
        ring(node);
        assertThat(fixture.web.sent).extracting(PushMessage::urgency).containsExactly(Urgency.HIGH);
    }

    static Stream<PushResult> passing() {
        return Stream.of(
                PushResult.later(),
                PushResult.later(Duration.ofSeconds(2)),
                new PushResult(PushResult.Outcome.LATER, null, "throw"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void ring_is_sent_again_with_the_rest_of_its_time(PushResult failure) {
        Node node = start("bob");
        answer(failure);
        ring(node);
        fixture.advance(Duration.ofSeconds(3));
        assertThat(fixture.web.log).containsExactly(RINGS, RINGS);
        assertThat(fixture.web.sent.get(1).timeToLive()).isBetween(Duration.ofSeconds(42), Duration.ofSeconds(44));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ring_that_waits_is_not_sent_after_its_end(boolean isHere) {
        Node node = start("bob");
        answer(PushResult.later(Duration.ofSeconds(10)));
        ring(node);
        fixture.advance(SECOND);
        if (isHere) {
            node.push.callPushes().send(end());
        } else {
            node.push.callPushes().endedElsewhere(end());
        }
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactlyElementsOf(isHere ? List.of(RINGS, ENDED) : List.of(RINGS));
    }

    @Test
    void ring_that_waits_is_not_sent_if_only_the_store_knows_of_its_end() {
        Node node = start("bob");
        answer(PushResult.later());
        ring(node);
        end();
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly(RINGS);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void end_follows_a_ring_that_was_being_sent_on_another_server(PushResult answerToRing) {
        Node node = start("bob");
        answer(answerToRing);
        fixture.web.meanwhile.add(() -> node.push.callPushes().endedElsewhere(end()));
        ring(node);
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly(RINGS, ENDED);
    }

    @Test
    void end_follows_a_ring_that_was_being_sent_here() {
        Node node = start("bob");
        fixture.web.meanwhile.add(() -> node.push.callPushes().send(end()));
        ring(node);
        fixture.advance(LONG);
        assertThat(fixture.web.log).startsWith(RINGS).endsWith(ENDED).containsOnlyOnce(RINGS);
    }

    @Test
    void ring_is_not_sent_when_its_time_is_over() {
        Node node = start("bob");
        answer(PushResult.later(Duration.ofMinutes(1)));
        ring(node);
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly(RINGS);
    }

    @Test
    void device_that_is_gone_receives_no_end() {
        Node node = start("bob");
        answer(PushResult.gone());
        ring(node);
        node.push.callPushes().send(end());
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly(RINGS);
        assertThat(fixture.store.devices().of(List.of("bob"))).isEmpty();
    }

    private void fail() {
        fixture.store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
    }

    @Test
    void ring_is_sent_again_although_the_store_cannot_say_whether_it_has_ended() {
        Node node = start("bob");
        fixture.web.meanwhile.add(this::fail);
        answer(PushResult.later());
        ring(node);
        fixture.advance(SECOND);
        assertThat(fixture.web.log).containsExactly(RINGS, RINGS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 39})
    void outage_of_the_store_before_the_devices_are_read_delays_the_ring(int seconds) {
        Node node = start("bob");
        node.devices.forget("bob");
        fail();
        node.push.callPushes().send(pushed(PushMessage.Type.CALL, Map.of(), RING));
        fixture.advance(Duration.ofSeconds(seconds));
        assertThat(fixture.web.log).isEmpty();
        fixture.store.recover();
        fixture.advance(Duration.ofSeconds(5));
        assertThat(fixture.web.log).containsExactly(RINGS);
    }

    @Test
    void ring_is_not_sent_after_an_outage_that_is_longer_but_its_end_is() {
        Node node = start("bob");
        node.devices.forget("bob");
        fail();
        node.push.callPushes().send(pushed(PushMessage.Type.CALL, Map.of(), RING));
        fixture.advance(RING);
        node.push.callPushes().send(pushed(PushMessage.Type.CALL_ENDED, Map.of("reason", "missed"), LONG));
        fixture.advance(Duration.ofMinutes(20));
        assertThat(fixture.web.log).isEmpty();
        fixture.store.recover();
        fixture.advance(Duration.ofMinutes(16));
        assertThat(fixture.web.log).containsExactly(ENDED);
    }

    @Test
    void user_who_has_muted_the_conversation_or_may_not_read_it_is_not_notified() {
        Node node = start("bob", "cid");
        fixture.muted.add("bob");
        fixture.forbidden.add("cid");
        ring(node);
        node.push.callPushes().send(end());
        fixture.advance(LONG);
        assertThat(fixture.web.log).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "cid"})
    void user_for_whom_the_policy_fails_delays_no_other(String user) {
        Node node = start("bob", "cid");
        fixture.undecided.add(user);
        ring(node);
        assertThat(fixture.web.log).containsExactly(user.equals("bob") ? "p:cid call" : RINGS);
        fixture.undecided.clear();
        fixture.advance(SECOND);
        assertThat(fixture.web.log).containsExactlyInAnyOrder("p:cid call", RINGS);
    }

    @Test
    void rings_are_sent_before_the_messages_that_wait_for_the_service() {
        fixture.group("bob", "cid");
        StepThreads hanging = new StepThreads();
        Node node = fixture.new Node(hanging);
        for (int i = 0; i < 9; i++) {
            fixture.register(node, "cid", "p:cid" + i);
        }
        fixture.register(node, "bob", "p:bob");
        fixture.send(node, "hello");
        fixture.advance(Duration.ofSeconds(2));
        ring(node);
        assertThat(fixture.web.log).isEmpty();
        hanging.release();
        assertThat(fixture.web.log).startsWith(RINGS).contains("p:cid8 g:1");
    }

    @Test
    void calls_that_wait_are_bounded() {
        Node node = start("bob");
        answer(PushResult.later(Duration.ofSeconds(30)));
        ring(node);
        int many = CallPushes.MAX_WAITING + 500;
        for (int i = 0; i < many; i++) {
            node.push
                    .callPushes()
                    .send(new PushedCall(
                            PushMessage.Type.CALL,
                            "call" + i,
                            PushFixture.GROUP,
                            "ann",
                            Set.of("bob"),
                            Map.of(),
                            RING));
        }
        fixture.advance(LONG);
        assertThat(fixture.web.log.size()).isLessThanOrEqualTo(1 + CallPushes.MAX_WAITING);
    }
}
