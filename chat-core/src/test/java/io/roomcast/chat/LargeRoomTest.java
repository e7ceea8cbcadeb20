package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.RoomStats;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.NamedSession;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.Broadcaster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deliveries in a room that is too large for every session to receive every activity. */
class LargeRoomTest {
    /** Counts deliveries of all events but {@link RoomStats}, which it collects. */
    private static final class Counter implements Broadcaster {
        private final List<RoomStats> stats = new ArrayList<>();
        private long deliveries;
        private Consumer<List<Session>> onUnread = recipients -> {};

        @Override
        public void broadcast(ChatEvent event, List<Session> recipients) {
            if (event instanceof RoomStats numbers) {
                stats.add(numbers);
            } else {
                deliveries += recipients.size();
            }
            if (event instanceof UnreadChanged) {
                onUnread.accept(recipients);
            }
        }

        private void clear() {
            stats.clear();
            deliveries = 0;
        }
    }

    private final Counter counter = new Counter();
    private ChatFixture fixture = ChatFixture.with(builder ->
            builder.broadcaster(counter).limits(Limits.builder().members(10_000).build()));

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<TestSession> usersIn(int members, ConversationKind kind) {
        List<String> users = IntStream.range(0, members).mapToObj(i -> "u" + i).toList();
        fixture.chat()
                .create(
                        kind == ConversationKind.GROUP
                                ? NewConversation.group("g", "Group", users)
                                : NewConversation.open("g"));
        List<TestSession> sessions =
                users.stream().map(user -> fixture.userIn("g", user)).toList();
        fixture.time().advance(Duration.ofSeconds(5));
        counter.clear();
        return sessions;
    }

    private void markAll(List<TestSession> sessions, long seq) {
        for (TestSession session : sessions) {
            fixture.run(session, new MarkDelivered(List.of(new MarkDelivered.Item("g", seq))))
                    .result();
            fixture.run(session, new MarkRead("g", seq)).result();
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, GROUP", "1000, OPEN", "5000, GROUP", "5000, OPEN"})
    void message_with_its_receipts_and_typing_costs_one_delivery_a_member(int members, ConversationKind kind) {
        List<TestSession> sessions = usersIn(members, kind);
        fixture.run(sessions.get(0), StartTyping.of("g")).result();
        fixture.send(sessions.get(0), "g", "hello").result();
        markAll(sessions, 1);
        fixture.time().advance(Duration.ofSeconds(20));
        assertThat(counter.deliveries).isBetween((long) members, members + 10L);
        assertThat(counter.stats).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1000, GROUP", "5000, OPEN"})
    void activity_of_many_costs_one_delivery_a_member_in_two_seconds(int members, ConversationKind kind) {
        List<TestSession> sessions = usersIn(members, kind);
        sessions.stream()
                .limit(100)
                .forEach(session -> fixture.run(session, StartTyping.of("g")).result());
        fixture.send(sessions.get(0), "g", "hello").result();
        markAll(sessions, 1);
        for (TestSession session : sessions) {
            fixture.run(session, StartViewing.of("g")).result();
            fixture.run(session, new SetPresence(Presence.Status.AWAY)).result();
        }
        fixture.time().advance(Duration.ofSeconds(20));
        assertThat(counter.deliveries).isBetween((long) members, members + 10L);
        assertThat(counter.stats).extracting(RoomStats::typing).containsExactly(99, 0);
    }

    @Test
    void numbers_are_sent_while_they_change_and_no_longer() {
        List<TestSession> sessions = usersIn(1_000, ConversationKind.OPEN);
        for (int i = 0; i < 20; i++) {
            fixture.run(sessions.get(i), StartTyping.of("g")).result();
            fixture.time().advance(Duration.ofMillis(500));
        }
        assertThat(counter.stats).hasSizeBetween(3, 5);
        assertThat(counter.stats).extracting(RoomStats::typing).isSorted().allMatch(typing -> typing > 0);
        fixture.time().advance(Duration.ofSeconds(10));
        assertThat(counter.stats).last().isEqualTo(new RoomStats("g", 1_000, 0, true));
        counter.clear();
        fixture.time().advance(Duration.ofMinutes(10));
        assertThat(counter.stats).isEmpty();
        fixture.engine().close(sessions.get(0));
        fixture.time().advance(Duration.ofSeconds(5));
        assertThat(counter.stats).containsExactly(new RoomStats("g", 999, 0, true));
    }

    @Test
    void numbers_are_repeated_while_a_user_types_on_and_on() {
        List<TestSession> sessions = usersIn(1_000, ConversationKind.OPEN);
        for (int i = 0; i < 30; i++) {
            fixture.run(sessions.get(0), StartTyping.of("g")).result();
            fixture.time().advance(Duration.ofSeconds(1));
        }
        assertThat(counter.stats).hasSizeBetween(4, 5).containsOnly(new RoomStats("g", 1_000, 1, true));
    }

    @Test
    void second_device_of_a_reader_receives_the_count_and_the_first_has_it() {
        List<TestSession> sessions = usersIn(300, ConversationKind.GROUP);
        Session second = new NamedSession("second", "u0");
        fixture.engine().open(second);
        fixture.run(second, JoinRoom.of("g")).result();
        fixture.time().advance(Duration.ofSeconds(5));
        fixture.send(sessions.get(1), "g", "hello").result();
        List<Session> notified = new ArrayList<>();
        counter.onUnread = notified::addAll;
        assertThat(fixture.run(sessions.get(0), new MarkRead("g", 1)).result().unread())
                .isZero();
        assertThat(notified).containsExactly(second);
    }

    private void restart(int largeRoom) {
        fixture.close();
        fixture = ChatFixture.with(
                builder -> builder.limits(Limits.builder().largeRoom(largeRoom).build()));
    }

    private List<RoomStats> statsTo(TestSession session) {
        return fixture.told().toldTo(session).stream()
                .filter(RoomStats.class::isInstance)
                .map(RoomStats.class::cast)
                .toList();
    }

    @Test
    void growing_room_ends_typing_for_its_clients_and_sends_its_size() {
        restart(20);
        List<TestSession> sessions = IntStream.range(0, 20)
                .mapToObj(i -> fixture.userIn("g", "u" + i))
                .toList();
        fixture.run(sessions.get(0), StartTyping.of("g")).result();
        assertThat(fixture.told().toldTo(sessions.get(1)))
                .containsExactly(new TypingStarted("g", "u0", Limits.defaults().typingTimeout()));
        fixture.told().clear();
        JoinRoom.Joined joined =
                fixture.run(fixture.user("late"), JoinRoom.of("g")).result();
        assertThat(joined.large()).isTrue();
        assertThat(fixture.told().toldTo(sessions.get(1))).containsExactly(new TypingStopped("g", "u0"));
        assertThat(fixture.told().toldTo(sessions.get(0))).isEmpty();
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(statsTo(sessions.get(1))).containsExactly(new RoomStats("g", 21, 1, true));
        fixture.time().advance(Duration.ofSeconds(10));
        assertThat(statsTo(sessions.get(1))).last().isEqualTo(new RoomStats("g", 21, 0, true));
        assertThat(fixture.told().toldTo(sessions.get(1)))
                .filteredOn(TypingStopped.class::isInstance)
                .hasSize(1);
    }

    @Test
    void room_that_shrinks_remains_large_until_a_tenth_is_free() {
        restart(20);
        List<TestSession> sessions = IntStream.range(0, 21)
                .mapToObj(i -> fixture.userIn("g", "u" + i))
                .toList();
        TestSession observer = sessions.get(20);
        fixture.run(observer, StartTyping.of("g")).result();
        fixture.time().advance(Duration.ofSeconds(2));
        for (int i = 0; i < 2; i++) {
            fixture.run(observer, StartTyping.of("g")).result();
            fixture.engine().close(sessions.get(i));
            fixture.time().advance(Duration.ofSeconds(2));
            assertThat(statsTo(observer)).last().isEqualTo(new RoomStats("g", 20 - i, 1, true));
        }
        fixture.engine().close(sessions.get(2));
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(statsTo(observer)).last().isEqualTo(new RoomStats("g", 18, 0, false));
        fixture.told().clear();
        assertThat(fixture.run(fixture.user("late"), JoinRoom.of("g")).result().large())
                .isFalse();
        fixture.run(observer, StartTyping.of("g")).result();
        assertThat(fixture.told().toldTo(sessions.get(5))).singleElement().isInstanceOf(TypingStarted.class);
        fixture.time().advance(Duration.ofMinutes(1));
        assertThat(statsTo(observer)).isEmpty();
    }

    @Test
    void sessions_that_come_and_go_at_the_limit_change_nothing() {
        restart(20);
        List<TestSession> sessions = IntStream.range(0, 20)
                .mapToObj(i -> fixture.userIn("g", "u" + i))
                .toList();
        for (int i = 0; i < 10; i++) {
            TestSession late = fixture.userIn("g", "late");
            fixture.time().advance(Duration.ofSeconds(3));
            fixture.engine().close(late);
            fixture.time().advance(Duration.ofSeconds(3));
        }
        assertThat(statsTo(sessions.get(0))).allMatch(RoomStats::large);
    }

    @Test
    void member_outside_the_room_still_receives_unread_counts() {
        fixture.close();
        fixture = ChatFixture.with(
                builder -> builder.limits(Limits.builder().largeRoom(1).build()));
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        TestSession ann = fixture.userIn("g", "ann");
        TestSession bob = fixture.userIn("g", "bob");
        TestSession cid = fixture.user("cid");
        fixture.send(ann, "g", "hello").result();
        assertThat(fixture.told().unreadTo(cid)).containsExactly(new UnreadChanged("g", 1, 0, 1, 0, null));
        assertThat(fixture.told().messagesTo(bob)).hasSize(1);
        assertThat(fixture.told().unreadTo(bob)).isEmpty();
    }

    @Test
    void room_is_large_once_it_has_more_sessions_than_the_limit() {
        fixture.close();
        fixture = ChatFixture.with(
                builder -> builder.limits(Limits.builder().largeRoom(2).build()));
        TestSession ann = fixture.userIn("room", "ann");
        TestSession bob = fixture.userIn("room", "bob");
        fixture.run(ann, StartTyping.of("room")).result();
        fixture.run(ann, StartViewing.of("room")).result();
        assertThat(fixture.told().toldTo(bob))
                .containsExactly(
                        new TypingStarted("room", "ann", Limits.defaults().typingTimeout()),
                        new ViewingStarted("room", "ann"));
        TestSession cid = fixture.user("cid");
        fixture.run(cid, JoinRoom.of("room")).result();
        fixture.told().clear();
        fixture.send(bob, "room", "hello").result();
        fixture.run(ann, new MarkRead("room", 1)).result();
        fixture.run(cid, StartTyping.of("room")).result();
        fixture.time().advance(Duration.ofSeconds(20));
        assertThat(fixture.told().events())
                .noneMatch(event -> event instanceof MessagesRead
                        || event instanceof TypingStarted
                        || event instanceof TypingStopped);
        assertThat(fixture.told().messagesTo(cid)).hasSize(1);
    }
}
