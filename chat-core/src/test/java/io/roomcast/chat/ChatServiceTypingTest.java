package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewMessage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatServiceTypingTest {
    private static final Duration TTL = Duration.ofSeconds(6);
    private static final ChatEvent STARTED = new TypingStarted("room", "ann", TTL);
    private static final ChatEvent STOPPED = new TypingStopped("room", "ann");

    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession ann = fixture.userIn("room", "ann");
    private final TestSession bob = fixture.userIn("room", "bob");

    @AfterEach
    void close() {
        fixture.close();
    }

    private Duration type(TestSession session) {
        return fixture.run(session, StartTyping.of("room")).result().expiresIn();
    }

    private void pass(long millis) {
        fixture.time().advance(Duration.ofMillis(millis));
    }

    @Test
    void other_sessions_are_notified_and_the_own_is_not() {
        assertThat(type(ann)).isEqualTo(TTL);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED);
        assertThat(fixture.told().toldTo(ann)).isEmpty();
    }

    @Test
    void other_sessions_of_the_same_user_are_not_notified() {
        TestSession secondTab = fixture.userIn("room", "ann");
        type(ann);
        assertThat(fixture.told().toldTo(secondTab)).isEmpty();
    }

    @Test
    void typing_ends_by_itself_after_six_seconds() {
        type(ann);
        pass(5_999);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED);
        pass(1);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED);
        assertThat(fixture.told().toldTo(ann)).isEmpty();
    }

    @Test
    void continued_typing_does_not_end() {
        type(ann);
        for (int i = 0; i < 10; i++) {
            pass(5_000);
            type(ann);
        }
        assertThat(fixture.told().toldTo(bob)).containsOnly(STARTED);
        pass(6_000);
        assertThat(fixture.told().toldTo(bob)).endsWith(STOPPED).containsOnlyOnce(STOPPED);
    }

    @Test
    void typing_is_sent_at_most_once_in_two_seconds() {
        for (int i = 0; i < 100; i++) {
            type(ann);
            pass(100);
        }
        assertThat(fixture.told().toldTo(bob)).hasSize(5).containsOnly(STARTED);
    }

    @Test
    void interval_begins_with_the_event_to_others() {
        type(ann);
        pass(1_999);
        type(ann);
        assertThat(fixture.told().toldTo(bob)).hasSize(1);
        pass(1);
        type(ann);
        assertThat(fixture.told().toldTo(bob)).hasSize(2);
    }

    @Test
    void typing_ends_when_the_user_stops() {
        type(ann);
        fixture.run(ann, StopTyping.of("room")).result();
        pass(10_000);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED);
        assertThat(fixture.told().toldTo(ann)).isEmpty();
    }

    @Test
    void typing_that_begins_again_after_a_stop_is_sent_immediately() {
        type(ann);
        fixture.run(ann, StopTyping.of("room")).result();
        type(ann);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED, STARTED);
    }

    @Test
    void typing_ends_before_the_message_is_sent() {
        type(ann);
        MessageSent sent =
                new MessageSent(fixture.send(ann, "room", "hello").result().message());
        pass(10_000);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED, sent);
        assertThat(fixture.told().toldTo(ann)).containsExactly(sent);
    }

    @Test
    void message_of_another_user_does_not_end_typing() {
        type(ann);
        fixture.send(bob, "room", "hello").result();
        assertThat(fixture.told().toldTo(bob)).doesNotContain(STOPPED);
    }

    @Test
    void refused_message_does_not_end_typing() {
        type(ann);
        fixture.send(ann, "room", "").refusal();
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED);
    }

    @Test
    void typing_ends_when_the_user_leaves() {
        type(ann);
        fixture.run(ann, new LeaveRoom("room")).result();
        pass(10_000);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED);
        assertThat(fixture.told().toldTo(ann)).isEmpty();
    }

    @Test
    void typing_ends_when_the_session_does() {
        type(ann);
        fixture.engine().close(ann);
        pass(10_000);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED);
    }

    @Test
    void session_that_ends_stops_typing_in_all_its_rooms() {
        TestSession carl = fixture.userIn("elsewhere", "carl");
        type(ann);
        fixture.run(ann, StartTyping.of("elsewhere")).result();
        fixture.engine().close(ann);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STOPPED);
        assertThat(fixture.told().toldTo(carl))
                .containsExactly(new TypingStarted("elsewhere", "ann", TTL), new TypingStopped("elsewhere", "ann"));
    }

    @Test
    void session_that_ends_without_typing_sends_nothing() {
        fixture.engine().close(ann);
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void clock_set_back_lets_typing_be_sent_again_and_end_in_time() {
        type(ann);
        fixture.time().adjustClock(Duration.ofHours(-1));
        type(ann);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STARTED);
        pass(6_000);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED, STARTED, STOPPED);
    }

    @Test
    void clock_set_forward_ends_nothing_early() {
        type(ann);
        fixture.time().adjustClock(Duration.ofHours(1));
        pass(5_999);
        assertThat(fixture.told().toldTo(bob)).containsExactly(STARTED);
    }

    @Test
    void leaving_without_typing_sends_nothing() {
        fixture.run(ann, new LeaveRoom("room")).result();
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void message_of_the_host_does_not_end_a_users_typing() {
        type(ann);
        fixture.chat()
                .send("room", new NewMessage("ann", MessageType.TEXT, "hi", null, null))
                .join();
        assertThat(fixture.told().toldTo(bob)).doesNotContain(STOPPED);
    }
}
