package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Presence.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often and when other users receive a user's presence. */
class PresencePaceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> steps = new ArrayList<>();
    private final Recorder told = new Recorder();
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.broadcaster((event, recipients) -> {
        steps.add("told");
        told.broadcast(event, recipients);
    }));
    private final int timers = fixture.time().timers();
    private final TestSession watcher = fixture.user("watcher");
    private final TestSession ann = fixture.user("ann");

    @BeforeEach
    void watch() {
        fixture.run(watcher, new SubscribePresence(List.of("ann"))).result();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void set(TestSession session, Status status) {
        fixture.run(session, new SetPresence(status)).result();
    }

    private List<Status> heard() {
        return told.comingsToldTo(watcher).stream()
                .map(event -> ((PresenceChanged) event).presence().status())
                .toList();
    }

    @Test
    void user_who_changes_often_is_announced_once_a_second() {
        for (int i = 0; i < 300; i++) {
            set(ann, i % 2 == 0 ? Status.AWAY : Status.ONLINE);
            fixture.time().advance(Duration.ofMillis(10));
        }
        assertThat(heard()).hasSizeBetween(2, 4);
    }

    @Test
    void last_state_wins() {
        set(ann, Status.AWAY);
        set(ann, Status.ONLINE);
        assertThat(heard()).containsExactly(Status.AWAY);
        fixture.time().advance(SECOND.minusMillis(1));
        assertThat(heard()).hasSize(1);
        fixture.time().advance(Duration.ofMillis(1));
        assertThat(heard()).containsExactly(Status.AWAY, Status.ONLINE);
        assertThat(fixture.time().timers()).isEqualTo(timers);
    }

    @Test
    void change_and_change_back_send_no_event() {
        set(ann, Status.AWAY);
        set(ann, Status.ONLINE);
        set(ann, Status.AWAY);
        fixture.time().advance(SECOND.multipliedBy(3));
        assertThat(heard()).containsExactly(Status.AWAY);
    }

    @Test
    void other_sessions_do_not_hasten_events() {
        set(ann, Status.AWAY);
        TestSession phone = fixture.user("ann");
        fixture.engine().close(phone);
        fixture.user("ann");
        assertThat(heard()).containsExactly(Status.AWAY);
        fixture.time().advance(SECOND);
        assertThat(heard()).containsExactly(Status.AWAY, Status.ONLINE);
    }

    @Test
    void user_who_leaves_meanwhile_is_unchanged_until_the_end() {
        set(ann, Status.AWAY);
        set(ann, Status.ONLINE);
        fixture.engine().close(ann);
        fixture.time().advance(Duration.ofSeconds(10));
        assertThat(heard()).containsExactly(Status.AWAY, Status.OFFLINE);
    }

    @Test
    void answer_precedes_the_event_for_others() {
        fixture.engine().execute(ann, new SetPresence(Status.AWAY), new Reply<SetPresence.Set>() {
            @Override
            public void succeeded(SetPresence.Set result) {
                steps.add("answered");
            }

            @Override
            public void failed(ChatException refusal) {
                steps.add("refused");
            }
        });
        assertThat(steps).containsExactly("answered", "told");
    }

    @Test
    void room_learns_by_the_joining_that_a_user_came_online() {
        TestSession bob = fixture.userIn("room", "bob");
        fixture.userIn("room", "cid");
        assertThat(told.comingsToldTo(bob)).containsExactly(new UserJoined("room", "cid", 2));
    }
}
