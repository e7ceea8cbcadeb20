package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatServicePresenceTest {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ChatFixture fixture = ChatFixture.start();
    private final int timers = fixture.time().timers();
    private final TestSession watcher = fixture.user("watcher");

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<Presence> heardBy(Session session) {
        return fixture.told().comingsToldTo(session).stream()
                .filter(PresenceChanged.class::isInstance)
                .map(event -> ((PresenceChanged) event).presence())
                .toList();
    }

    private static Presence ann(Status status) {
        return new Presence("ann", status, null);
    }

    private void watch(String... userIds) {
        fixture.run(watcher, new SubscribePresence(List.of(userIds))).result();
    }

    private void set(TestSession session, Status status) {
        fixture.run(session, new SetPresence(status)).result();
    }

    private static List<String> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> "user-" + i).toList();
    }

    @Test
    void user_is_online_with_the_first_session_alone() {
        watch("ann");
        fixture.user("ann");
        fixture.user("ann");
        assertThat(heardBy(watcher)).containsExactly(ann(Status.ONLINE));
    }

    @Test
    void user_is_offline_some_time_after_the_last_session() {
        watch("ann");
        TestSession first = fixture.user("ann");
        TestSession last = fixture.user("ann");
        fixture.told().clear();
        fixture.engine().close(first);
        fixture.time().advance(GRACE);
        Instant end = fixture.time().clock().instant();
        fixture.engine().close(last);
        fixture.time().advance(GRACE.minusMillis(1));
        assertThat(heardBy(watcher)).isEmpty();
        fixture.time().advance(Duration.ofMillis(1));
        assertThat(heardBy(watcher)).containsExactly(new Presence("ann", Status.OFFLINE, end));
        assertThat(fixture.time().timers()).isEqualTo(timers);
    }

    @Test
    void quick_return_sends_no_event() {
        watch("ann");
        TestSession before = fixture.user("ann");
        fixture.told().clear();
        fixture.engine().close(before);
        fixture.time().advance(GRACE.minusMillis(1));
        fixture.user("ann");
        fixture.time().advance(GRACE.multipliedBy(2));
        assertThat(heardBy(watcher)).isEmpty();
        assertThat(fixture.time().timers()).isEqualTo(timers);
    }

    @Test
    void user_is_away_when_all_sessions_are() {
        watch("ann");
        TestSession phone = fixture.user("ann");
        TestSession desk = fixture.user("ann");
        fixture.told().clear();
        set(phone, Status.AWAY);
        assertThat(heardBy(watcher)).isEmpty();
        set(desk, Status.AWAY);
        fixture.time().advance(SECOND);
        set(phone, Status.ONLINE);
        assertThat(heardBy(watcher)).containsExactly(ann(Status.AWAY), ann(Status.ONLINE));
    }

    @Test
    void user_is_away_once_the_last_attentive_session_ends() {
        TestSession phone = fixture.user("ann");
        TestSession desk = fixture.user("ann");
        set(phone, Status.AWAY);
        watch("ann");
        fixture.engine().close(desk);
        assertThat(heardBy(watcher)).containsExactly(ann(Status.AWAY));
    }

    @Test
    void sessions_that_share_a_room_receive_it_once() {
        TestSession ann = fixture.userIn("one", "ann");
        fixture.run(ann, JoinRoom.of("two")).result();
        TestSession bob = fixture.userIn("one", "bob");
        fixture.run(bob, JoinRoom.of("two")).result();
        fixture.run(bob, new SubscribePresence(List.of("ann"))).result();
        TestSession stranger = fixture.userIn("three", "eve");
        set(ann, Status.AWAY);
        assertThat(heardBy(bob)).containsExactly(ann(Status.AWAY));
        assertThat(heardBy(stranger)).isEmpty();
    }

    @Test
    void sessions_that_shared_a_room_receive_the_end() {
        TestSession ann = fixture.userIn("one", "ann");
        TestSession bob = fixture.userIn("one", "bob");
        fixture.engine().close(ann);
        fixture.time().advance(GRACE);
        assertThat(heardBy(bob)).extracting(Presence::status).containsExactly(Status.OFFLINE);
    }

    @Test
    void large_rooms_receive_nothing_of_it() {
        TestSession ann = fixture.userIn("one", "ann");
        TestSession bob = fixture.userIn("one", "bob");
        users(199).forEach(userId -> fixture.userIn("one", userId));
        set(ann, Status.AWAY);
        assertThat(heardBy(bob)).isEmpty();
    }

    @Test
    void unsubscribed_sessions_receive_nothing_more() {
        watch("ann");
        assertThat(fixture.run(watcher, new UnsubscribePresence(List.of("ann")))
                        .result()
                        .presence())
                .containsExactly(ann(Status.OFFLINE));
        fixture.user("ann");
        assertThat(heardBy(watcher)).isEmpty();
    }

    @Test
    void presence_is_answered_in_the_order_of_the_question() {
        TestSession gone = fixture.user("gone");
        Instant end = fixture.time().clock().instant();
        fixture.engine().close(gone);
        fixture.time().advance(GRACE);
        fixture.user("ann");
        List<String> asked = List.of("nobody", "ann", "gone");
        List<Presence> known = List.of(
                new Presence("nobody", Status.OFFLINE, null),
                ann(Status.ONLINE),
                new Presence("gone", Status.OFFLINE, end));
        assertThat(fixture.run(watcher, new GetPresence(asked)).result().presence())
                .isEqualTo(known);
        assertThat(fixture.run(watcher, new SubscribePresence(asked)).result().presence())
                .isEqualTo(known);
        assertThat(fixture.chat().execute(new GetPresence(asked)).join().presence())
                .isEqualTo(known);
    }

    @Test
    void setting_answers_what_others_see() {
        TestSession phone = fixture.user("ann");
        fixture.user("ann");
        assertThat(fixture.run(phone, new SetPresence(Status.AWAY)).result().presence())
                .isEqualTo(ann(Status.ONLINE));
    }

    @Test
    void too_many_users_are_refused() {
        assertThat(fixture.run(watcher, new GetPresence(users(201))).code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(fixture.run(watcher, new SubscribePresence(users(201))).code())
                .isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(fixture.run(watcher, new GetPresence(List.of())).code()).isEqualTo(ErrorCode.MISSING_FIELDS);
        assertThat(fixture.run(watcher, new GetPresence(List.of("a\nb"))).code())
                .isEqualTo(ErrorCode.INVALID_PAYLOAD);
    }

    @Test
    void session_watches_so_many_and_no_more() {
        fixture.run(watcher, new SubscribePresence(users(200))).result();
        fixture.run(watcher, new SubscribePresence(users(200))).result();
        assertThat(fixture.run(watcher, new SubscribePresence(List.of("ann"))).code())
                .isEqualTo(ErrorCode.SUBSCRIPTION_LIMIT);
        fixture.run(watcher, new UnsubscribePresence(List.of("user-0"))).result();
        watch("ann");
    }

    @Test
    void presence_is_nothing_for_anonymous_sessions() {
        TestSession nobody = fixture.anonymous();
        assertThat(fixture.run(nobody, new GetPresence(List.of("ann"))).code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(fixture.run(nobody, new SubscribePresence(List.of("ann"))).code())
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(fixture.run(nobody, new UnsubscribePresence(List.of("ann"))).code())
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(fixture.run(nobody, new SetPresence(Status.AWAY)).code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
}
