package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who join and leave a room, or are removed from it. */
class ChatServiceAttendanceTest {
    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession bob = fixture.userIn("room", "bob");

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<ChatEvent> heardBy(Session session) {
        return fixture.told().comingsToldTo(session).stream()
                .filter(event -> event instanceof UserJoined || event instanceof UserLeft)
                .toList();
    }

    private void leave(Session session) {
        fixture.run(session, new LeaveRoom("room")).result();
    }

    @Test
    void others_receive_the_join_and_the_joining_session_does_not() {
        TestSession ann = fixture.userIn("room", "ann");
        assertThat(heardBy(bob)).containsExactly(new UserJoined("room", "ann", 2));
        assertThat(heardBy(ann)).isEmpty();
    }

    @Test
    void only_the_first_and_the_last_session_of_a_user_are_announced() {
        TestSession first = fixture.userIn("room", "ann");
        TestSession last = fixture.userIn("room", "ann");
        fixture.run(last, JoinRoom.of("room")).result();
        leave(first);
        leave(first);
        assertThat(heardBy(bob)).containsExactly(new UserJoined("room", "ann", 2));
        leave(last);
        assertThat(heardBy(bob)).containsExactly(new UserJoined("room", "ann", 2), new UserLeft("room", "ann", 1));
        assertThat(heardBy(last)).isEmpty();
    }

    @Test
    void ending_session_leaves_all_its_rooms() {
        TestSession ann = fixture.userIn("room", "ann");
        fixture.run(ann, JoinRoom.of("other")).result();
        fixture.run(bob, JoinRoom.of("other")).result();
        fixture.told().clear();
        fixture.engine().close(ann);
        fixture.engine().close(ann);
        assertThat(heardBy(bob))
                .containsExactlyInAnyOrder(new UserLeft("room", "ann", 1), new UserLeft("other", "ann", 1));
    }

    @Test
    void sessions_without_a_user_are_announced_by_their_own_ids() {
        TestSession nobody = fixture.anonymous();
        fixture.run(nobody, JoinRoom.of("room")).result();
        assertThat(heardBy(bob)).containsExactly(new UserJoined("room", nobody.id(), 2));
        fixture.userIn("room", "ann");
        assertThat(heardBy(nobody)).containsExactly(new UserJoined("room", "ann", 3));
        fixture.told().clear();
        fixture.engine().close(nobody);
        assertThat(heardBy(bob)).containsExactly(new UserLeft("room", nobody.id(), 2));
    }

    @Test
    void large_room_receives_an_event_of_a_user_once_a_second() {
        IntStream.range(0, 199).forEach(i -> fixture.userIn("room", "user-" + i));
        assertThat(heardBy(bob)).hasSize(199);
        fixture.time().advance(Duration.ofSeconds(1));
        fixture.told().clear();
        fixture.userIn("room", "ann");
        TestSession eve = fixture.userIn("room", "eve");
        assertThat(heardBy(bob)).containsExactly(new UserJoined("room", "ann", 201));
        fixture.time().advance(Duration.ofSeconds(1));
        fixture.userIn("room", "joe");
        leave(eve);
        assertThat(heardBy(bob))
                .containsExactly(new UserJoined("room", "ann", 201), new UserJoined("room", "eve", 202));
        fixture.time().advance(Duration.ofSeconds(1));
        assertThat(heardBy(bob)).last().isEqualTo(new UserLeft("room", "eve", 202));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void user_who_joins_a_large_room_does_not_receive_the_event(boolean isKnown) {
        IntStream.range(0, 201).forEach(i -> fixture.userIn("room", "user-" + i));
        fixture.told().clear();
        fixture.userIn("room", "ann");
        TestSession eve = isKnown ? fixture.user("eve") : fixture.anonymous();
        TestSession eveToo = isKnown ? fixture.userIn("room", "eve") : eve;
        fixture.run(eve, JoinRoom.of("room")).result();
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(heardBy(bob)).last().isEqualTo(new UserJoined("room", isKnown ? "eve" : eve.id(), 204));
        assertThat(heardBy(eve)).isEmpty();
        assertThat(heardBy(eveToo)).isEmpty();
    }

    @Test
    void last_event_of_a_large_room_has_its_number_of_users_for_everyone() {
        IntStream.range(0, 201).forEach(i -> fixture.userIn("room", "user-" + i));
        TestSession ann = fixture.userIn("room", "ann");
        TestSession eve = fixture.userIn("room", "eve");
        TestSession joe = fixture.userIn("room", "joe");
        leave(joe);
        fixture.told().clear();
        fixture.time().advance(Duration.ofSeconds(2));
        for (TestSession session : List.of(bob, ann, eve)) {
            assertThat(heardBy(session)).containsExactly(new UserLeft("room", "joe", 204));
        }
    }

    @Test
    void clock_that_is_set_back_silences_no_large_room() {
        IntStream.range(0, 201).forEach(i -> fixture.userIn("room", "user-" + i));
        fixture.told().clear();
        fixture.time().adjustClock(Duration.ofHours(-1));
        fixture.userIn("room", "ann");
        assertThat(heardBy(bob)).containsExactly(new UserJoined("room", "ann", 203));
    }

    @Test
    void kick_removes_all_sessions_of_a_user_and_notifies_them_too() {
        TestSession phone = fixture.userIn("room", "ann");
        TestSession desk = fixture.userIn("room", "ann");
        fixture.told().clear();
        fixture.chat().kick("room", "ann").join();
        fixture.chat().kick("room", "ann").join();
        UserLeft left = new UserLeft("room", "ann", 1);
        assertThat(heardBy(bob)).containsExactly(left);
        assertThat(heardBy(phone)).containsExactly(left);
        assertThat(heardBy(desk)).containsExactly(left);
        fixture.chat().send("room", NewMessage.system("hello")).join();
        assertThat(fixture.told().messagesTo(phone)).isEmpty();
        assertThat(fixture.told().messagesTo(bob)).hasSize(1);
    }

    @Test
    void kick_ends_typing_and_looking() {
        TestSession ann = fixture.userIn("room", "ann");
        fixture.run(ann, StartTyping.of("room")).result();
        fixture.run(ann, StartViewing.of("room")).result();
        fixture.told().clear();
        fixture.chat().kick("room", "ann").join();
        assertThat(fixture.told().toldTo(bob))
                .containsExactly(new TypingStopped("room", "ann"), new ViewingStopped("room", "ann"));
    }
}
