package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.ChangeRole;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.event.ConversationDeleted;
import io.roomcast.chat.event.MemberUpdated;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host requests on one node happens on all, before the request ends. */
@Timeout(60)
class NodeRequestsTest {
    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final InJvmBus busThere = network.newBus();
    private final Recorder receivedThere = new Recorder();
    private final ChatEngine here = node(network.newBus(), "here", Broadcaster.none());
    private final ChatEngine there = node(busThere, "there", receivedThere);
    private final TestSession bob = TestSession.of("bob");

    private ChatEngine node(InJvmBus bus, String name, Broadcaster broadcaster) {
        return ChatEngine.builder()
                .store(store)
                .cluster(bus)
                .nodeName(name)
                .broadcaster(broadcaster)
                .build();
    }

    @BeforeEach
    void join() {
        network.awaitDelivery();
        here.service().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        there.open(bob);
        run(JoinRoom.of("g")).result();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        network.close();
    }

    private <R> Answer<R> run(Command<R> command) {
        Answer<R> answer = new Answer<>();
        there.execute(bob, command, answer);
        return answer;
    }

    private int rooms() {
        return there.service().stats().rooms();
    }

    @Test
    void revoked_user_has_no_session_on_any_node() {
        here.service().revoke("bob").join();
        assertThat(bob.hasEnded()).isTrue();
        assertThat(rooms()).isZero();
    }

    @Test
    void kicked_user_leaves_the_room_on_all_nodes_and_may_join_again() {
        here.service().kick("g", "bob").join();
        await().until(() -> rooms() == 0);
        run(JoinRoom.of("g")).result();
    }

    @Test
    void removed_member_is_refused_on_all_nodes() {
        here.service().removeMember("g", "bob");
        assertThat(run(GetMessages.latest("g")).code()).isEqualTo(ErrorCode.FORBIDDEN);
        await().until(() -> rooms() == 0);
    }

    @Test
    void member_who_was_removed_while_a_node_was_disconnected_is_refused_there_once_it_returns() {
        busThere.cut();
        network.awaitDelivery();
        assertThatThrownBy(() -> here.service().removeMember("g", "bob"))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        timeout -> assertThat(timeout.code()).isEqualTo(ErrorCode.TIMEOUT));
        busThere.restore();

        await().until(() -> run(GetMessages.latest("g")).isRefused());
        await().until(() -> rooms() == 0);
    }

    @Test
    void member_whom_a_client_removes_is_refused_on_all_nodes() {
        here.service().changeRole("g", "ann", Role.OWNER);
        TestSession ann = TestSession.of("ann");
        here.open(ann);
        Answer<RemoveMember.Removed> removed = new Answer<>();
        here.execute(ann, new RemoveMember("g", "bob"), removed);
        removed.result();
        await().until(() -> run(GetMessages.latest("g")).isRefused());
        await().until(() -> rooms() == 0);
    }

    @Test
    void new_role_counts_on_all_nodes() {
        assertThat(run(new AddMembers("g", List.of("dora"))).isRefused()).isTrue();
        here.service().changeRole("g", "bob", Role.ADMIN);
        run(new AddMembers("g", List.of("dora"))).result();
    }

    @Test
    void role_that_a_client_changes_counts_on_all_nodes_and_their_members_are_notified() {
        here.service().changeRole("g", "ann", Role.OWNER);
        here.service().changeRole("g", "bob", Role.ADMIN);
        String cids =
                here.service().send("g", NewMessage.text("cid", "hello")).join().id();
        String othersOfCid =
                here.service().send("g", NewMessage.text("cid", "hi")).join().id();
        run(new DeleteMessage("g", cids)).result();
        TestSession ann = TestSession.of("ann");
        here.open(ann);
        Answer<ChangeRole.Changed> changed = new Answer<>();
        here.execute(ann, new ChangeRole("g", "bob", Role.MEMBER), changed);
        Member bobNow = changed.result().member();
        await().until(() -> receivedThere.toldTo(bob).contains(new MemberUpdated("g", bobNow, "ann")));
        await().until(() -> run(new DeleteMessage("g", othersOfCid)).isRefused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "o"})
    void deleted_conversation_is_unknown_on_all_nodes_and_each_session_is_notified_once(String id) {
        here.service().create(NewConversation.open("o"));
        here.service().addMembers("o", Set.of("bob"));
        run(JoinRoom.of(id)).result();
        TestSession elsewhere = TestSession.of("bob");
        there.open(elsewhere);
        TestSession guest = TestSession.of("guest");
        there.open(guest);
        Answer<JoinRoom.Joined> joined = new Answer<>();
        there.execute(guest, JoinRoom.of(id), joined);
        boolean isGuestThere = !joined.isRefused();
        network.awaitDelivery();

        here.service().deleteConversation(id).join();

        ConversationDeleted deleted = new ConversationDeleted(id, null);
        await().until(() -> receivedThere.toldTo(bob).contains(deleted));
        await().until(() -> run(GetMessages.latest(id)).isRefused());
        assertThat(run(GetMessages.latest(id)).code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
        await().until(() -> receivedThere.toldTo(elsewhere).contains(deleted));
        await().until(() -> !isGuestThere || receivedThere.toldTo(guest).contains(deleted));
        network.awaitDelivery();
        for (TestSession session : List.of(bob, elsewhere)) {
            assertThat(receivedThere.toldTo(session)).containsOnlyOnce(deleted);
        }
        assertThat(rooms()).isEqualTo(id.equals("g") ? 0 : 1);
    }

    @Test
    void node_that_does_not_respond_is_named() {
        busThere.cut();
        network.awaitDelivery();
        assertThatThrownBy(() -> here.service().revoke("bob").join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class,
                        timeout -> assertThat(timeout.code()).isEqualTo(ErrorCode.TIMEOUT))
                .hasRootCauseMessage("no response of the nodes [there]");
    }

    @Test
    void live_nodes_are_counted() {
        await().until(() -> here.service().stats().nodes() == 2);
        await().until(() -> there.service().stats().nodes() == 2);
        there.close();
        await().until(() -> here.service().stats().nodes() == 1);
    }

    @Test
    void node_that_has_stopped_is_not_waited_for() {
        there.close();
        network.awaitDelivery();
        here.service().revoke("bob").join();
    }

    @Test
    void name_of_odd_characters_is_refused() {
        for (String name : List.of("", "Node", "a b", "x".repeat(17))) {
            assertThatThrownBy(() -> ChatEngine.builder().nodeName(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("nodeName: ");
        }
    }
}
