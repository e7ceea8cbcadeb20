package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.testkit.BusNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Checks that activity, receipts and changes of conversations reach all nodes. */
class ActivityOnSeveralNodesTest extends SeveralNodesCase {
    @Test
    void typing_is_sent_to_the_others_on_all_nodes() {
        TestNode here = node();
        TestNode there = node();
        TestSession ann = here.userIn("ann", "room");
        TestSession annThere = there.userIn("ann", "room");
        TestSession bob = there.userIn("bob", "room");
        here.run(ann, StartTyping.of("room")).result();
        await().until(() -> there.received().toldTo(bob).stream().anyMatch(TypingStarted.class::isInstance));
        here.run(ann, StopTyping.of("room")).result();
        await().until(() -> there.received().toldTo(bob).contains(new TypingStopped("room", "ann")));
        assertThat(there.received().toldTo(annThere)).isEmpty();
    }

    @Test
    void viewer_who_has_not_joined_learns_who_views_on_other_nodes() {
        // Long enough that nothing of the other node is here when the first viewer begins.
        network = new BusNetwork(new BusNetwork.Faults(1, Duration.ofMillis(5), 0, 0));
        TestNode here = node();
        TestNode there = node();
        await().until(() -> here.service().stats().nodes() == 2);
        AtomicInteger rooms = new AtomicInteger();
        // In another room each time, as a busy machine may need longer than a viewer waits.
        await().untilAsserted(() -> {
            String room = "room" + rooms.incrementAndGet();
            TestSession bob = there.user("bob of " + room);
            TestSession ann = here.user("ann of " + room);
            there.run(bob, StartViewing.of(room)).result();
            network().awaitDelivery();
            assertThat(here.run(ann, StartViewing.of(room)).result().viewers())
                    .containsExactly("ann of " + room, "bob of " + room);
        });
    }

    @Test
    void receipt_is_sent_to_all_nodes_once() {
        TestNode here = node();
        TestNode there = node();
        TestSession ann = here.userIn("ann", "room");
        TestSession bob = there.userIn("bob", "room");
        send(there, bob, "hello");
        await().until(() -> seqsOf(here, ann).size() == 1);
        here.run(ann, new MarkRead("room", 1)).result();
        await().until(() -> readBy(there, bob).contains("ann"));
        awaitDelivery();
        assertThat(readBy(there, bob)).containsOnlyOnce("ann");
        assertThat(readBy(here, ann)).containsOnlyOnce("ann");
    }

    @Test
    void unread_counts_reach_the_user_on_all_nodes() {
        TestNode here = node();
        TestNode there = node();
        here.service().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        TestSession ann = here.user("ann");
        TestSession bob = there.user("bob");
        TestSession bobHere = here.user("bob");
        awaitDelivery();
        here.run(ann, ChatFixture.text("g", "hello")).result();
        await().until(() -> there.received().unreadTo(bob).contains(new UnreadChanged("g", 1, 0, 1, 0, null)));
        assertThat(here.received().unreadTo(bobHere)).contains(new UnreadChanged("g", 1, 0, 1, 0, null));
        there.run(bob, new MarkRead("g", 1)).result();
        await().until(() -> here.received().unreadTo(bobHere).contains(new UnreadChanged("g", 0, 1, 1, 0, null)));
        awaitDelivery();
        assertThat(there.received().toldTo(bob))
                .filteredOn(UnreadChanged.class::isInstance)
                .hasSize(2);
    }

    @Test
    void changes_of_a_conversation_reach_its_members_on_all_nodes_in_order() {
        TestNode here = node();
        TestNode there = node();
        TestSession ann = there.user("ann");
        TestSession bob = there.user("bob");
        awaitDelivery();
        ChatService chat = here.service();
        chat.create(NewConversation.group("g", "Group", List.of("ann")));
        chat.addMembers("g", Set.of("bob"));
        chat.update("g", "Title", null);
        chat.removeMember("g", "bob");
        chat.addMembers("g", Set.of("bob"));
        await().until(() -> there.received().toldTo(bob).size() == 4);
        await().until(() -> there.received().toldTo(ann).size() == 5);
        assertThat(there.received().toldTo(ann))
                .extracting(event -> (Object) event.getClass())
                .containsExactly(
                        ConversationUpdated.class,
                        MemberAdded.class,
                        ConversationUpdated.class,
                        MemberRemoved.class,
                        MemberAdded.class);
        assertThat(there.received().toldTo(bob).get(3))
                .isInstanceOfSatisfying(
                        MemberAdded.class,
                        added -> assertThat(added.conversation().members()).hasSize(2));
        assertThat(there.received().toldTo(ann).get(4)).isInstanceOfSatisfying(MemberAdded.class, added -> {
            assertThat(added.conversation().members()).isEmpty();
            assertThat(added.conversation().title()).isEqualTo("Title");
        });
    }

    private static List<String> readBy(TestNode node, TestSession session) {
        return node.received().toldTo(session).stream()
                .filter(MessagesRead.class::isInstance)
                .map(event -> ((MessagesRead) event).receipt().userId())
                .toList();
    }
}
