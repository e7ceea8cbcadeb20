package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatServiceViewingTest {
    private static final ViewingStarted STARTED = new ViewingStarted("room", "ann");
    private static final ViewingStopped STOPPED = new ViewingStopped("room", "ann");

    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession ann = fixture.userIn("room", "ann");
    private final TestSession bob = fixture.userIn("room", "bob");

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<String> view(Session session) {
        return fixture.run(session, StartViewing.of("room")).result().viewers();
    }

    private void stop(Session session) {
        fixture.run(session, StopViewing.of("room")).result();
    }

    @Test
    void others_receive_who_starts_and_stops_viewing() {
        view(ann);
        stop(ann);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED);
        assertThat(fixture.told().toldTo(ann)).isEmpty();
    }

    @Test
    void answer_names_all_who_look() {
        assertThat(view(ann)).containsExactly("ann");
        assertThat(view(bob)).containsExactly("ann", "bob");
        assertThat(view(fixture.userIn("room", "ann"))).containsExactly("ann", "bob");
        stop(ann);
        assertThat(view(bob)).containsExactly("ann", "bob");
    }

    @Test
    void answer_names_no_more_than_a_crowd() {
        IntStream.range(0, 200).forEach(i -> view(fixture.userIn("room", "user-" + i)));
        assertThat(view(ann)).hasSize(200);
    }

    @Test
    void repeated_status_sends_no_event() {
        view(ann);
        view(ann);
        stop(ann);
        stop(ann);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED);
    }

    @Test
    void user_looks_until_the_last_session_looks_away() {
        TestSession other = fixture.userIn("room", "ann");
        view(ann);
        view(other);
        stop(ann);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED);
        fixture.engine().close(other);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED);
    }

    @Test
    void looking_ends_with_leaving() {
        view(ann);
        fixture.run(ann, new LeaveRoom("room")).result();
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED);
        assertThat(view(bob)).containsExactly("bob");
    }

    @Test
    void looking_ends_with_the_session() {
        view(ann);
        fixture.engine().close(ann);
        fixture.engine().close(ann);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED);
    }

    @Test
    void session_that_ended_looks_at_nothing() {
        fixture.engine().close(ann);
        assertThat(view(ann)).isEmpty();
        assertThat(fixture.told().toldTo(bob)).isEmpty();
    }

    @Test
    void anonymous_session_with_a_new_user_is_only_that_user() {
        TestSession nobody = fixture.anonymous();
        fixture.run(nobody, JoinRoom.of("room")).result();
        fixture.run(nobody, new StartViewing("room", "ann")).result();
        assertThat(fixture.run(nobody, new StartViewing("room", "eve")).result().viewers())
                .containsExactly("eve");
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED, new ViewingStarted("room", "eve"));
    }

    @Test
    void session_looks_at_so_many_and_no_more() {
        IntStream.range(0, 200)
                .forEach(i -> fixture.run(ann, StartViewing.of("room-" + i)).result());
        assertThat(fixture.run(ann, StartViewing.of("room")).code()).isEqualTo(ErrorCode.ROOM_LIMIT);
    }
}
