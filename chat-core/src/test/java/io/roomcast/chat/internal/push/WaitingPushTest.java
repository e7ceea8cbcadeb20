package io.roomcast.chat.internal.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.internal.push.PushFixture.Node;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushContent;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to notifications whose reason ends while they wait for a push service that is slow or fails. */
class WaitingPushTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofHours(2);
    private static final String TOKEN = "p:bob";

    private final PushFixture fixture = new PushFixture();
    private final StepThreads slow = new StepThreads();

    private Node start(Node node) {
        fixture.group("bob");
        fixture.register(node, "bob", TOKEN);
        return node;
    }

    /** What ends the reason of a notification. */
    record Change(String name, BiConsumer<PushFixture, Node> happens) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Change> changesOfUser() {
        return Stream.of(
                new Change("mutes", (fixture, node) -> fixture.muted.add("bob")),
                new Change("may not read", (fixture, node) -> fixture.forbidden.add("bob")),
                new Change(
                        "has removed the device",
                        (fixture, node) ->
                                fixture.store.devices().remove("bob", List.of(PushDevice.idOf("web", TOKEN)))),
                new Change("is revoked", (fixture, node) -> node.devices.removeAll("bob")),
                new Change(
                        "has left the device to another user",
                        (fixture, node) -> fixture.register(node, "eve", TOKEN)));
    }

    static Stream<Change> changesOfMessage() {
        return Stream.concat(
                changesOfUser(),
                Stream.of(
                        new Change("reads", (fixture, node) -> fixture.read.put("bob", 1L)),
                        new Change("looks at it", (fixture, node) -> fixture.viewing.add("bob")),
                        new Change(
                                "is no member any more",
                                (fixture, node) -> fixture.store.removeMember(PushFixture.GROUP, "bob"))));
    }

    @ParameterizedTest
    @MethodSource("changesOfMessage")
    void message_that_waits_is_not_notified_of_if_the_user(Change change) {
        Node node = start(fixture.new Node(slow));
        fixture.send(node, "hello");
        fixture.advance(WAIT);
        change.happens().accept(fixture, node);
        slow.release();
        fixture.advance(LONG);
        assertThat(fixture.web.log).isEmpty();
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void message_that_waits_is_notified_of_once() {
        Node node = start(fixture.new Node(slow));
        fixture.send(node, "hello");
        fixture.advance(WAIT);
        slow.release();
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly("p:bob g:1");
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void message_that_is_deleted_while_it_waits_is_not_shown_but_the_one_before_is() {
        fixture.content = PushContent.full();
        Node node = start(fixture.new Node(slow));
        fixture.connected.add("bob");
        fixture.send(node, "first");
        Message second = fixture.send(node, "second");
        fixture.advance(PushFixture.CONNECTED.plus(WAIT));
        fixture.delete(second);
        slow.release();
        fixture.advance(LONG);
        assertThat(fixture.web.sent).extracting(PushMessage::body).containsExactly("first");
    }

    @Test
    void user_who_connects_while_a_message_waits_is_notified_after_the_longer_delay() {
        Node node = start(fixture.new Node(slow));
        fixture.send(node, "hello");
        fixture.advance(WAIT);
        fixture.connected.add("bob");
        slow.release();
        assertThat(fixture.web.log).isEmpty();
        fixture.advance(PushFixture.CONNECTED);
        assertThat(fixture.web.log).containsExactly("p:bob g:1");
        fixture.advance(LONG);
        assertThat(fixture.web.log).hasSize(1);
    }

    private static PushedCall pushed(PushMessage.Type type, Duration timeToLive) {
        return new PushedCall(type, "call", PushFixture.GROUP, "ann", Set.of("bob"), Map.of(), timeToLive);
    }

    private static final PushedCall RING = pushed(PushMessage.Type.CALL, Duration.ofSeconds(45));
    private static final PushedCall END = pushed(PushMessage.Type.CALL_ENDED, Duration.ofDays(1));

    @ParameterizedTest
    @MethodSource("changesOfUser")
    void ring_that_waits_is_not_sent_if_the_user(Change change) {
        Node node = start(fixture.new Node(slow));
        node.push.callPushes().send(RING);
        fixture.advance(WAIT);
        change.happens().accept(fixture, node);
        slow.release();
        fixture.advance(LONG);
        assertThat(fixture.web.log).isEmpty();
    }

    @Test
    void ring_that_waits_is_sent_for_the_rest_of_its_time() {
        Node node = start(fixture.new Node(slow));
        node.push.callPushes().send(RING);
        fixture.advance(WAIT);
        slow.release();
        assertThat(fixture.web.sent)
                .extracting(PushMessage::timeToLive)
                .containsExactly(RING.timeToLive().minus(WAIT));
    }

    @ParameterizedTest
    @MethodSource("changesOfUser")
    void end_of_a_call_is_not_sent_again_if_the_user(Change change) {
        Node node = start(fixture.new Node());
        fixture.web.answers.add(PushResult.later(WAIT));
        node.push.callPushes().send(END);
        assertThat(fixture.web.log).containsExactly("p:bob call:ended");
        change.happens().accept(fixture, node);
        fixture.advance(LONG);
        assertThat(fixture.web.log).hasSize(1);
    }

    @Test
    void end_of_a_call_is_sent_again_with_the_device_as_it_is_then() {
        Node node = start(fixture.new Node());
        fixture.web.answers.add(PushResult.later(WAIT));
        node.push.callPushes().send(END);
        fixture.register(node, "bob", TOKEN);
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly("p:bob call:ended", "p:bob call:ended");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_read_is_removed_unless_the_device_has_another_user(boolean isMoved) {
        fixture.group("bob");
        Node first = fixture.new Node(fixture.apns);
        fixture.registerPhone(first, "bob");
        fixture.send(first, "hello");
        fixture.advance(PushFixture.OFFLINE);
        Node node = fixture.new Node(slow, fixture.apns);
        fixture.read(node, "bob", 1);
        fixture.advance(WAIT);
        if (isMoved) {
            node.devices.register(new RegisterDevice("apns", "phone:bob", Map.of(), null, null), "eve");
        }
        slow.release();
        fixture.advance(LONG);
        assertThat(fixture.apns.log)
                .containsExactlyElementsOf(
                        isMoved ? List.of("phone:bob g:1") : List.of("phone:bob g:1", "phone:bob g:1:read"));
        assertThat(fixture.stored()).isEmpty();
    }
}
