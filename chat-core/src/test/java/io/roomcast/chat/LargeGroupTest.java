package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberUpdated;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.Recorder.Delivery;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events of groups of the maximum size: the work grows with the members, not with their square. */
class LargeGroupTest {
    private static final int HALF = 500;

    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession ann = fixture.user("ann");

    @AfterEach
    void close() {
        fixture.close();
    }

    private static List<String> users(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private List<TestSession> connect(List<String> userIds) {
        return userIds.stream().map(fixture::user).toList();
    }

    private void makeGroup(List<String> others) {
        fixture.run(ann, CreateConversation.group("Group", others).withId("g")).result();
    }

    /** Returns the number of members that all events contain. */
    private long listed() {
        return fixture.told().deliveries().stream()
                .mapToLong(delivery -> (long) delivery.recipients().size() * listed(delivery.event()))
                .sum();
    }

    private static int listed(ChatEvent event) {
        if (event instanceof MemberUpdated) {
            return 0;
        }
        Conversation conversation = event instanceof MemberAdded added
                ? added.conversation()
                : ((ConversationUpdated) event).conversation();
        return conversation.members().size();
    }

    private long deliveries() {
        return fixture.told().deliveries().stream()
                .map(Delivery::recipients)
                .mapToLong(List::size)
                .sum();
    }

    @Test
    void many_new_members_are_announced_once_to_all() {
        List<String> old = users("old", HALF - 1);
        List<String> added = users("new", HALF);
        connect(old);
        List<TestSession> newcomers = connect(added);
        makeGroup(old);
        fixture.told().clear();
        Conversation now = fixture.run(ann, new AddMembers("g", added)).result().conversation();
        assertThat(now.members()).hasSize(2 * HALF);
        assertThat(deliveries()).isEqualTo(2L * HALF);
        assertThat(listed()).isZero();
        assertThat(newcomers)
                .allSatisfy(session -> assertThat(fixture.told().toldTo(session))
                        .singleElement()
                        .isInstanceOfSatisfying(
                                MemberAdded.class,
                                event -> assertThat(event.userId()).isEqualTo(session.id())));
    }

    @Test
    void host_that_adds_many_members_sends_no_more() {
        connect(users("u", HALF));
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann")));
        fixture.told().clear();
        fixture.chat().addMembers("g", Set.copyOf(users("u", HALF)));
        assertThat(deliveries()).isEqualTo(HALF + 1L);
        assertThat(fixture.told().toldTo(ann)).singleElement().isInstanceOf(ConversationUpdated.class);
    }

    @Test
    void few_new_members_receive_all_of_a_large_group_and_the_others_receive_them() {
        List<String> old = users("old", HALF);
        connect(old);
        TestSession bob = fixture.user("bob");
        makeGroup(old);
        fixture.told().clear();
        Conversation now =
                fixture.run(ann, new AddMembers("g", List.of("bob"))).result().conversation();
        assertThat(fixture.told().toldTo(bob)).containsExactly(new MemberAdded(now, "bob", "ann"));
        assertThat(listed()).isEqualTo(HALF + 2L);
        assertThat(fixture.told().toldTo(ann))
                .singleElement()
                .isInstanceOfSatisfying(
                        MemberAdded.class, event -> assertThat(event.userId()).isEqualTo("bob"));
    }

    @Test
    void large_group_is_made_and_changed_without_telling_all_of_all() {
        List<String> users = users("u", HALF);
        connect(users);
        makeGroup(users);
        fixture.chat().changeRole("g", "u1", Role.ADMIN);
        // The new role is sent as conversationUpdated, for clients of earlier releases, and as memberUpdated.
        assertThat(deliveries()).isEqualTo(3 * (HALF + 1L));
        assertThat(listed()).isZero();
    }
}
