package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A user with a phone and a laptop counts as one user, and receives no events about itself. */
class SeveralDevicesTest {
    private static final ChatEvent TYPING =
            new TypingStarted("room", "ann", Limits.defaults().typingTimeout());
    private static final ChatEvent TYPED = new TypingStopped("room", "ann");
    private static final ChatEvent VIEWING = new ViewingStarted("room", "ann");
    private static final ChatEvent VIEWED = new ViewingStopped("room", "ann");

    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession bob = fixture.userIn("room", "bob");
    private final TestSession phone = fixture.userIn("room", "ann");
    private final TestSession laptop = fixture.userIn("room", "ann");
    private final TestSession elsewhere = fixture.user("ann");

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<ChatEvent> passing(Session session) {
        return fixture.told().toldTo(session).stream()
                .filter(event -> !(event instanceof MessageSent))
                .toList();
    }

    private void type(Session session) {
        fixture.run(session, StartTyping.of("room")).result();
    }

    private void view(Session session) {
        fixture.run(session, StartViewing.of("room")).result();
    }

    /** What one session may do that ends its own typing and viewing. */
    static Stream<Arguments> ends() {
        BiConsumer<ChatFixture, Session> stops = (chat, session) -> {
            chat.run(session, StopTyping.of("room")).result();
            chat.run(session, StopViewing.of("room")).result();
        };
        BiConsumer<ChatFixture, Session> leaves =
                (chat, session) -> chat.run(session, new LeaveRoom("room")).result();
        BiConsumer<ChatFixture, Session> closes =
                (chat, session) -> chat.engine().close(session);
        return Stream.of(Arguments.of("stops", stops), Arguments.of("leaves", leaves), Arguments.of("goes", closes));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void user_types_and_views_until_the_last_device_does_not(String name, BiConsumer<ChatFixture, Session> end) {
        type(phone);
        view(phone);
        type(laptop);
        view(laptop);
        end.accept(fixture, laptop);
        assertThat(passing(bob)).containsExactly(TYPING, VIEWING);
        end.accept(fixture, phone);
        assertThat(passing(bob)).containsExactlyInAnyOrder(TYPING, VIEWING, TYPED, VIEWED);
        assertThat(Stream.of(phone, laptop, elsewhere).flatMap(session -> passing(session).stream()))
                .isEmpty();
    }

    @Test
    void message_from_one_device_does_not_end_the_typing_of_another() {
        type(phone);
        type(laptop);
        fixture.send(laptop, "room", "hello").result();
        fixture.send(elsewhere, "room", "hello again").result();
        assertThat(passing(bob)).containsExactly(TYPING);
        fixture.send(phone, "room", "done").result();
        assertThat(passing(bob)).containsExactly(TYPING, TYPED);
    }

    @Test
    void typing_lasts_as_long_as_the_device_that_began_last() {
        type(phone);
        fixture.time().advance(Duration.ofSeconds(4));
        type(laptop);
        fixture.time().advance(Duration.ofSeconds(4));
        assertThat(passing(bob)).containsExactly(TYPING, TYPING);
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(passing(bob)).containsExactly(TYPING, TYPING, TYPED);
    }

    @Test
    void typing_of_two_devices_is_sent_no_more_often_than_of_one() {
        type(phone);
        type(laptop);
        type(phone);
        assertThat(passing(bob)).containsExactly(TYPING);
    }

    @Test
    void stop_without_typing_is_sent_unless_another_device_types() {
        fixture.run(elsewhere, StopTyping.of("room")).result();
        assertThat(passing(bob)).containsExactly(TYPED);
        type(phone);
        fixture.run(elsewhere, StopTyping.of("room")).result();
        assertThat(passing(bob)).containsExactly(TYPED, TYPING);
    }

    @Test
    void session_that_names_another_user_ends_the_typing_of_the_first() {
        TestSession anonymous = fixture.anonymous();
        fixture.run(anonymous, new StartTyping("room", "cid")).result();
        fixture.run(anonymous, new StartTyping("room", "dora")).result();
        assertThat(passing(bob)).contains(new TypingStopped("room", "cid"));
        fixture.time().advance(Duration.ofSeconds(10));
        assertThat(passing(bob))
                .filteredOn(new TypingStopped("room", "dora")::equals)
                .hasSize(1);
    }

    @Test
    void counts_agree_on_all_sides_whatever_devices_come_and_go() {
        assertThat(online(bob)).isEqualTo(2);
        TestSession tablet = fixture.user("ann");
        assertThat(fixture.run(tablet, JoinRoom.of("room")).result().online()).isEqualTo(2);
        assertThat(online(bob)).isEqualTo(2);
        Stream.of(phone, laptop).forEach(session -> fixture.engine().close(session));
        assertThat(online(bob)).isEqualTo(2);
        fixture.run(tablet, new LeaveRoom("room")).result();
        assertThat(online(bob)).isEqualTo(1);
    }

    /** Returns the last number of users in the room that the session received. */
    private int online(Session session) {
        return fixture.told().comingsToldTo(session).stream()
                .mapToInt(event -> event instanceof UserJoined joined
                        ? joined.online()
                        : event instanceof UserLeft left ? left.online() : 0)
                .filter(online -> online > 0)
                .reduce(1, (before, now) -> now);
    }

    @Test
    void last_count_that_a_large_room_receives_is_right() {
        IntStream.range(0, 300).forEach(i -> fixture.userIn("room", "user-" + i));
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(online(bob)).isEqualTo(302);
        fixture.time().advance(Duration.ofSeconds(5));
        TestSession last = fixture.userIn("room", "last");
        fixture.engine().close(last);
        fixture.engine().close(fixture.userIn("room", "really the last"));
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(online(bob)).isEqualTo(302);
        fixture.told().clear();
        fixture.time().advance(Duration.ofMinutes(1));
        assertThat(fixture.told().comingsToldTo(bob)).noneMatch(UserJoined.class::isInstance);
    }

    @Test
    void sessions_without_a_user_are_announced_and_counted_one_by_one() {
        TestSession first = fixture.anonymous();
        assertThat(fixture.run(first, JoinRoom.of("room")).result().online()).isEqualTo(3);
        assertThat(fixture.told().comingsToldTo(bob)).contains(new UserJoined("room", first.id(), 3));
        TestSession second = fixture.anonymous();
        assertThat(fixture.run(second, JoinRoom.of("room")).result().online()).isEqualTo(4);
        assertThat(fixture.told().comingsToldTo(first)).contains(new UserJoined("room", second.id(), 4));
        fixture.engine().close(second);
        assertThat(fixture.told().comingsToldTo(first)).contains(new UserLeft("room", second.id(), 3));
    }
}
