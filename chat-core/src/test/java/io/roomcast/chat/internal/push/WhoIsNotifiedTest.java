package io.roomcast.chat.internal.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.push.PushFixture.Node;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.model.PushMessage.Urgency;
import io.roomcast.chat.model.QuietHours;
import io.roomcast.chat.spi.PushContent;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom the server notifies of a message, when, how often and in which form. */
class WhoIsNotifiedTest {
    private static final Duration LONG = Duration.ofHours(2);
    private static final long NEVER = -1;

    private final PushFixture fixture = new PushFixture();

    private Node start(String... users) {
        fixture.group(users);
        Node node = fixture.new Node();
        for (String userId : users) {
            fixture.register(node, userId, "p:" + userId);
        }
        return node;
    }

    /** What is the case when the message is stored, and what changes after 500 ms and after 20 s. */
    record Case(
            String name,
            Consumer<PushFixture> atFirst,
            Consumer<PushFixture> soon,
            Consumer<PushFixture> later,
            long seconds) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Consumer<PushFixture> NOTHING = fixture -> {};

    static Stream<Case> cases() {
        Consumer<PushFixture> connects = fixture -> fixture.connected.add("bob");
        Consumer<PushFixture> views = fixture -> {
            fixture.connected.add("bob");
            fixture.viewing.add("bob");
        };
        Consumer<PushFixture> leaves = fixture -> {
            fixture.connected.clear();
            fixture.viewing.clear();
        };
        Consumer<PushFixture> turnsAway = fixture -> fixture.viewing.clear();
        Consumer<PushFixture> reads = fixture -> fixture.read.put("bob", 1L);
        Consumer<PushFixture> mutes = fixture -> fixture.muted.add("bob");
        Consumer<PushFixture> isForbidden = fixture -> fixture.forbidden.add("bob");
        Consumer<PushFixture> isRemoved = fixture -> fixture.store.removeMember(PushFixture.GROUP, "bob");
        Consumer<PushFixture> unregisters = fixture -> fixture.store.devices().removeAll("bob");
        return Stream.of(
                new Case("no session", NOTHING, NOTHING, NOTHING, 1),
                new Case("a session", connects, NOTHING, NOTHING, 30),
                new Case("looks at it", views, NOTHING, NOTHING, NEVER),
                new Case("looked at it, and is gone", views, leaves, NOTHING, 30),
                new Case("looked at it, and turned away later", views, NOTHING, turnsAway, 30),
                new Case("looked at it, and is gone later", views, NOTHING, leaves, 30),
                new Case("looked at it, read it and is gone", views, reads, leaves, NEVER),
                new Case("connects in time", NOTHING, connects, NOTHING, 30),
                new Case("connects in time and looks", NOTHING, views, NOTHING, NEVER),
                new Case("connected, and looks later", connects, NOTHING, views, NEVER),
                new Case("connected, and leaves", connects, leaves, NOTHING, 30),
                new Case("reads at once", NOTHING, reads, NOTHING, NEVER),
                new Case("reads in time", connects, NOTHING, reads, NEVER),
                new Case("muted", mutes, NOTHING, NOTHING, NEVER),
                new Case("mutes in time", connects, NOTHING, mutes, NEVER),
                new Case("may not read", isForbidden, NOTHING, NOTHING, NEVER),
                new Case("may not read any more", connects, NOTHING, isForbidden, NEVER),
                new Case("is no member any more", connects, NOTHING, isRemoved, NEVER),
                new Case("has no device any more", connects, NOTHING, unregisters, NEVER));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void member_is_notified(Case tried) {
        Node node = start("bob");
        tried.atFirst().accept(fixture);
        fixture.send(node, "hello");
        fixture.advance(Duration.ofMillis(500));
        tried.soon().accept(fixture);
        fixture.advance(Duration.ofMillis(499));
        assertThat(fixture.web.log).isEmpty();
        fixture.advance(Duration.ofMillis(1));
        assertThat(fixture.web.log).hasSize(tried.seconds() == 1 ? 1 : 0);
        fixture.advance(Duration.ofSeconds(19));
        tried.later().accept(fixture);
        fixture.advance(Duration.ofMillis(9_999));
        assertThat(fixture.web.log).hasSize(tried.seconds() == 1 ? 1 : 0);
        fixture.advance(Duration.ofMillis(1));
        assertThat(fixture.web.log).hasSize(tried.seconds() == NEVER ? 0 : 1);
        fixture.advance(LONG);
        assertThat(fixture.web.log).hasSize(tried.seconds() == NEVER ? 0 : 1);
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void all_devices_of_all_members_but_the_sender_are_notified() {
        Node node = start("ann", "bob", "cid");
        fixture.register(node, "bob", "p:tablet");
        fixture.register(node, "eve", "p:eve");
        fixture.send(node, "hello");
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactlyInAnyOrder("p:bob g:1", "p:tablet g:1", "p:cid g:1");
    }

    @Test
    void messages_that_wait_become_one_notification_of_the_newest() {
        Node node = start("bob");
        fixture.connected.add("bob");
        for (int i = 0; i < 5; i++) {
            fixture.send(node, "hello " + i);
            fixture.advance(Duration.ofSeconds(5));
        }
        fixture.advance(Duration.ofSeconds(5));
        assertThat(fixture.web.log).containsExactly("p:bob g:5");
        fixture.send(node, "later");
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly("p:bob g:5", "p:bob g:6");
        assertThat(fixture.stored()).isEmpty();
    }

    @Test
    void user_who_disconnects_is_notified_of_the_next_message_soon() {
        Node node = start("bob");
        fixture.connected.add("bob");
        fixture.send(node, "first");
        fixture.advance(Duration.ofSeconds(5));
        fixture.connected.clear();
        fixture.send(node, "second");
        fixture.advance(Duration.ofSeconds(1));
        assertThat(fixture.web.log).containsExactly("p:bob g:2");
        fixture.advance(LONG);
        assertThat(fixture.web.log).hasSize(1);
    }

    @Test
    void deleted_message_is_not_notified_of_but_the_one_before_is() {
        Node node = start("bob");
        fixture.connected.add("bob");
        fixture.send(node, "first");
        Message second = fixture.send(node, "second");
        fixture.delete(second);
        fixture.advance(LONG);
        assertThat(fixture.web.log).containsExactly("p:bob g:1");
    }

    @Test
    void message_that_is_too_old_is_not_notified_of() {
        Node node = start("bob");
        Message old = fixture.store("old");
        fixture.advance(Duration.ofHours(24));
        node.follow(old);
        fixture.advance(LONG);
        assertThat(fixture.web.log).isEmpty();
    }

    @Test
    void notification_has_ids_and_numbers_alone() {
        Node node = start("bob");
        Message message = fixture.send(node, "secret");
        fixture.advance(LONG);
        PushMessage sent = fixture.web.sent.get(0);
        assertThat(sent.id()).isEqualTo("g:1");
        assertThat(sent.seq()).isEqualTo(1);
        assertThat(sent.messageId()).isEqualTo(message.id());
        assertThat(sent.topic()).isEqualTo(PushMessage.topicOf("g")).matches("[A-Za-z0-9_-]{32}");
        assertThat(sent.unread()).isEqualTo(2);
        assertThat(sent.badge()).isEqualTo(5);
        assertThat(sent.title()).isNull();
        assertThat(sent.body()).isNull();
        assertThat(sent.urgency()).isEqualTo(Urgency.NORMAL);
        assertThat(sent.timeToLive()).isEqualTo(Duration.ofDays(1).minus(PushFixture.OFFLINE));
    }

    static Stream<Arguments> contents() {
        String emoji = "\uD83D\uDE00";
        return Stream.of(
                Arguments.of(PushContent.none(), "hello", null, null),
                Arguments.of(PushContent.sender(), "hello", "Ann (Team)", null),
                Arguments.of(PushContent.full(), "hello", "Ann (Team)", "hello"),
                Arguments.of(PushContent.full(), "a".repeat(140), "Ann (Team)", "a".repeat(140)),
                Arguments.of(PushContent.full(), "a".repeat(141), "Ann (Team)", "a".repeat(139) + "…"),
                Arguments.of(PushContent.full(), "a".repeat(138) + emoji + "bc", "Ann (Team)", "a".repeat(138) + "…"),
                Arguments.of(
                        (PushContent)
                                subject -> new PushContent.Text(subject.device().token(), subject.senderId()),
                        "hello",
                        "p:bob",
                        "ann"),
                Arguments.of(
                        (PushContent) subject -> {
                            throw new IllegalStateException("broken");
                        },
                        "hello",
                        null,
                        null));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void content_decides_what_a_notification_says(PushContent content, String text, String title, String body) {
        fixture.content = content;
        Node node = start("bob");
        fixture.send(node, text);
        fixture.advance(LONG);
        assertThat(fixture.web.sent).hasSize(1).allSatisfy(sent -> {
            assertThat(sent.title()).isEqualTo(title);
            assertThat(sent.body()).isEqualTo(body);
        });
    }

    static Stream<Arguments> quietHours() {
        return Stream.of(
                Arguments.of("22:00", "07:00", "UTC", Urgency.LOW),
                Arguments.of("00:00", "00:01", "UTC", Urgency.LOW),
                Arguments.of("00:01", "23:59", "UTC", Urgency.NORMAL),
                Arguments.of("22:00", "00:00", "UTC", Urgency.NORMAL),
                Arguments.of("22:00", "01:00", "Europe/Berlin", Urgency.NORMAL),
                Arguments.of("22:00", "01:01", "Europe/Berlin", Urgency.LOW),
                Arguments.of("12:00", "12:00", "UTC", Urgency.LOW));
    }

    /** It is midnight of UTC. */
    @ParameterizedTest
    @MethodSource("quietHours")
    void quiet_hours_of_the_device_lower_the_urgency(String from, String to, String zone, Urgency urgency) {
        Node node = start();
        fixture.store.addMembers("g", Set.of("bob"));
        QuietHours quiet = new QuietHours(LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone));
        fixture.register(node, "bob", "p:bob", quiet);
        fixture.send(node, "hello");
        fixture.advance(Duration.ofSeconds(2));
        assertThat(fixture.web.sent).extracting(PushMessage::urgency).isEqualTo(List.of(urgency));
    }
}
