package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers share a store without a bus: each observes the other's changes within a bounded time. */
class RemovalOnAnotherNodeTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final ChatStore store = ChatStore.inMemory();
    private final ChatFixture here = ChatFixture.with(builder -> builder.store(store));
    private final ChatFixture there = ChatFixture.with(builder -> builder.store(store));

    @BeforeEach
    void makeGroup() {
        there.chat().create(NewConversation.group("g", "Group", List.of("ann", "rick")));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void removed_member_receives_nothing_after_the_bound() {
        TestSession ann = here.userIn("g", "ann");
        TestSession rick = here.userIn("g", "rick");
        here.send(ann, "g", "hello").result();
        there.chat().removeMember("g", "rick");
        here.time().advance(BOUND);
        here.told().clear();
        here.send(ann, "g", "he is gone").result();
        assertThat(here.told().messagesTo(ann)).hasSize(1);
        assertThat(here.told().toldTo(rick)).isEmpty();
    }

    @Test
    void removed_member_receives_nothing_of_a_room_that_was_quiet_since() {
        TestSession ann = here.userIn("g", "ann");
        TestSession rick = here.userIn("g", "rick");
        there.chat().removeMember("g", "rick");
        here.told().clear();
        here.send(ann, "g", "he is gone").result();
        assertThat(here.told().toldTo(rick)).isEmpty();
    }

    @Test
    void removed_member_who_came_in_by_what_was_known_before_is_put_out_too() {
        TestSession ann = here.userIn("g", "ann");
        TestSession rick = here.user("rick");
        here.latest(rick, "g").result();
        there.chat().removeMember("g", "rick");
        here.send(ann, "g", "he is gone").result();
        here.run(rick, JoinRoom.of("g")).result();
        here.told().clear();
        here.send(ann, "g", "he is gone again").result();
        assertThat(here.told().toldTo(rick)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void edits_and_typing_put_removed_members_out_as_messages_do(boolean edits) {
        TestSession ann = here.userIn("g", "ann");
        String id = here.send(ann, "g", "hello").result().message().id();
        TestSession rick = here.userIn("g", "rick");
        there.chat().removeMember("g", "rick");
        here.time().advance(BOUND);
        here.told().clear();
        Command<?> command = edits ? EditMessage.of("g", id, "secret") : StartTyping.of("g");
        here.run(ann, command).result();
        assertThat(here.told().toldTo(rick)).isEmpty();
    }

    @Test
    void removed_member_receives_nothing_of_another_server_when_others_join() {
        here.userIn("g", "ann");
        TestSession rick = here.userIn("g", "rick");
        there.chat().removeMember("g", "rick");
        there.send(there.user("ann"), "g", "he is gone").result();
        here.told().clear();
        here.run(here.user("ann"), JoinRoom.after("g", Position.START)).result();
        assertThat(here.told().toldTo(rick)).isEmpty();
    }

    @Test
    void removed_member_is_refused_once_the_bound_is_over() {
        TestSession rick = here.user("rick");
        here.latest(rick, "g").result();
        there.chat().removeMember("g", "rick");
        here.time().advance(BOUND);
        assertThat(here.latest(rick, "g").code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void new_member_is_let_in_after_a_second() {
        TestSession cid = here.user("cid");
        assertThat(here.run(cid, JoinRoom.of("g")).code()).isEqualTo(ErrorCode.FORBIDDEN);
        there.chat().addMembers("g", Set.of("cid"));
        here.time().advance(Duration.ofSeconds(1));
        assertThat(here.run(cid, JoinRoom.of("g")).isRefused()).isFalse();
    }

    @Test
    void member_who_was_added_there_stays_where_older_members_are_known_here() {
        TestSession ann = here.userIn("g", "ann");
        here.send(ann, "g", "hello").result();
        there.chat().addMembers("g", Set.of("cid"));
        TestSession cid = here.userIn("g", "cid");
        here.told().clear();
        here.send(ann, "g", "hello cid").result();
        assertThat(here.told().messagesTo(cid)).hasSize(1);
    }

    @Test
    void room_that_becomes_a_group_there_is_closed_here_after_a_second() {
        TestSession eve = here.userIn("club", "eve");
        there.chat().create(NewConversation.group("club", "Club", List.of("ann")));
        here.time().advance(Duration.ofSeconds(1));
        here.told().clear();
        here.send(here.user("ann"), "club", "among us").result();
        assertThat(here.told().toldTo(eve)).isEmpty();
        assertThat(here.run(eve, JoinRoom.of("club")).code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void guests_of_the_hosts_policy_are_asked_for_once() {
        AtomicInteger asked = new AtomicInteger();
        AccessPolicy policy = (request, membership) -> {
            asked.addAndGet("eve".equals(request.userId()) ? 1 : 0);
            return true;
        };
        try (ChatFixture open = ChatFixture.with(builder -> builder.store(store).accessPolicy(policy))) {
            TestSession eve = open.userIn("g", "eve");
            TestSession ann = open.userIn("g", "ann");
            for (int i = 0; i < 5; i++) {
                open.send(ann, "g", "hello").result();
                open.time().advance(BOUND);
            }
            await().untilAsserted(() -> assertThat(open.told().messagesTo(eve)).hasSize(5));
            assertThat(asked).hasValue(2);
        }
    }
}
