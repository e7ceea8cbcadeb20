package io.roomcast.chat.internal.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.push.PushFixture.Node;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.model.PushMessage.Type;
import io.roomcast.chat.model.PushMessage.Urgency;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices receive once the user has read a conversation elsewhere. */
class PushReadsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final PushFixture fixture = new PushFixture();
    private final Node node = fixture.new Node(fixture.web, fixture.apns);

    PushReadsTest() {
        fixture.group("bob");
        fixture.register(node, "bob", "p:bob");
        fixture.registerPhone(node, "bob");
    }

    private void notify(String text) {
        fixture.send(node, text);
        fixture.advance(PushFixture.OFFLINE);
    }

    private List<PushMessage> reads() {
        return fixture.apns.sent.stream()
                .filter(message -> message.type() == Type.READ)
                .toList();
    }

    @Test
    void device_that_can_be_silent_removes_what_was_read_elsewhere_and_a_browser_is_not_notified() {
        notify("hello");
        fixture.read(node, "bob", 1);
        fixture.advance(LONG);
        assertThat(reads()).singleElement().satisfies(read -> {
            assertThat(read.conversationId()).isEqualTo("g");
            assertThat(read.seq()).isEqualTo(1);
            assertThat(read.topic()).isEqualTo(PushMessage.topicOf("g"));
            assertThat(read.unread()).isEqualTo(2);
            assertThat(read.badge()).isEqualTo(5);
            assertThat(read.urgency()).isEqualTo(Urgency.LOW);
            assertThat(read.title()).isNull();
            assertThat(read.body()).isNull();
            assertThat(read.timeToLive()).isBetween(Duration.ofHours(23), Duration.ofDays(1));
        });
        assertThat(fixture.web.sent).extracting(PushMessage::type).containsExactly(Type.MESSAGE);
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void message_that_is_read_while_it_is_sent_is_removed() {
        fixture.apns.whileSending = () -> fixture.read.put("bob", 1L);
        notify("hello");
        fixture.advance(LONG);
        assertThat(fixture.apns.sent).extracting(PushMessage::type).containsExactly(Type.MESSAGE, Type.READ);
    }

    @Test
    void several_reads_of_a_moment_become_one() {
        notify("first");
        notify("second");
        fixture.read(node, "bob", 1);
        fixture.read(node, "bob", 2);
        fixture.advance(LONG);
        fixture.read(node, "bob", 2);
        fixture.advance(LONG);
        assertThat(reads()).extracting(PushMessage::seq).containsExactly(2L);
    }

    @Test
    void device_that_shows_nothing_is_not_notified() {
        fixture.read(node, "bob", 1);
        fixture.advance(LONG);
        fixture.connected.add("bob");
        fixture.send(node, "read in time");
        fixture.read(node, "bob", 1);
        fixture.advance(LONG);
        assertThat(fixture.apns.sent).isEmpty();
    }

    @Test
    void notification_of_a_newer_message_stays() {
        notify("first");
        notify("second");
        fixture.read(node, "bob", 1);
        fixture.advance(LONG);
        assertThat(reads()).isEmpty();
        fixture.read(node, "bob", 2);
        fixture.advance(LONG);
        assertThat(reads()).hasSize(1);
    }

    /** The server that follows the newer message may have no notifier for the device. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void older_message_is_removed_once_a_newer_one_is_read_before_it_was_notified_of(boolean hasNotifier) {
        Node following = hasNotifier ? node : fixture.new Node(fixture.web);
        notify("first");
        fixture.connected.add("bob");
        fixture.send(following, "second");
        fixture.advance(Duration.ofSeconds(5));
        fixture.read(node, "bob", 2);
        fixture.advance(LONG);
        assertThat(fixture.apns.sent).extracting(PushMessage::id).containsExactly("g:1", "g:2:read");
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void older_message_that_was_read_is_replaced_by_the_newer_one_alone() {
        notify("first");
        fixture.connected.add("bob");
        fixture.send(node, "second");
        fixture.read(node, "bob", 1);
        fixture.advance(LONG);
        assertThat(fixture.apns.sent).extracting(PushMessage::id).containsExactly("g:1", "g:2");
        fixture.read(node, "bob", 2);
        fixture.advance(LONG);
        assertThat(reads()).extracting(PushMessage::seq).containsExactly(2L);
        assertThat(fixture.stored()).isEmpty();
    }

    /** The server that has planned the notification, or another one after its end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void device_that_shows_the_newest_of_several_messages_removes_it_once_that_is_read(boolean isKilled) {
        fixture.connected.add("bob");
        for (int i = 0; i < 4; i++) {
            fixture.send(node, "hello");
        }
        if (isKilled) {
            node.kill();
        }
        Node other = fixture.new Node(fixture.web, fixture.apns);
        fixture.advance(LONG);
        assertThat(fixture.apns.sent).extracting(PushMessage::id).containsExactly("g:4");
        assertThat(fixture.stored()).extracting(PendingPush::seq).containsExactly(4L);

        fixture.read(other, "bob", 2);
        fixture.advance(LONG);
        assertThat(reads()).isEmpty();
        fixture.read(other, "bob", 4);
        fixture.advance(LONG);
        assertThat(reads()).extracting(PushMessage::seq).containsExactly(4L);
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void removals_that_wait_for_the_service_have_one_timer_and_become_one() {
        notify("hello");
        fixture.apns.answers.add(PushResult.later(Duration.ofMinutes(10)));
        fixture.read(node, "bob", 1);
        fixture.advance(Duration.ofSeconds(2));
        int timers = fixture.time.timers();
        for (int seq = 2; seq <= 20; seq++) {
            fixture.read(node, "bob", seq);
            fixture.advance(Duration.ofSeconds(2));
            assertThat(fixture.time.timers()).isLessThanOrEqualTo(timers);
        }
        fixture.advance(Duration.ofMinutes(15));
        assertThat(reads()).extracting(PushMessage::seq).containsExactly(1L, 20L);
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void another_server_removes_what_this_one_has_sent() {
        Node other = fixture.new Node(fixture.apns);
        notify("hello");
        fixture.read(other, "bob", 1);
        fixture.advance(LONG);
        assertThat(reads()).hasSize(1);
    }

    @Test
    void removal_that_the_service_cannot_accept_is_sent_again() {
        notify("hello");
        fixture.apns.answers.add(PushResult.later());
        fixture.read(node, "bob", 1);
        fixture.advance(LONG);
        assertThat(reads()).hasSize(2);
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void message_after_the_read_one_is_notified_of() {
        notify("first");
        fixture.read(node, "bob", 1);
        notify("second");
        fixture.advance(LONG);
        assertThat(fixture.apns.sent).extracting(PushMessage::id).containsExactly("g:1", "g:2");
        assertThat(fixture.stored()).extracting(PendingPush::seq).containsExactly(2L);
    }

    @Test
    void what_a_device_shows_is_forgotten_after_a_day() {
        notify("hello");
        fixture.advance(LONG);
        assertThat(fixture.stored()).hasSize(1).allMatch(PendingPush::isShown);
        fixture.advance(Duration.ofDays(1));
        assertThat(fixture.stored()).isEmpty();
        fixture.read(node, "bob", 1);
        fixture.advance(LONG);
        assertThat(reads()).isEmpty();
    }
}
