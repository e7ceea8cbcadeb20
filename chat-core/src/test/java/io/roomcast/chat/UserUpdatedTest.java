package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.GetUsers;
import io.roomcast.chat.event.UserUpdated;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.UserDirectory;
import io.roomcast.chat.testkit.BusNetwork;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user whom the host changes: all nodes forget the user, and clients in shared rooms are notified, once each. */
@Timeout(60)
class UserUpdatedTest {
    private final Map<String, String> names = new ConcurrentHashMap<>(Map.of("ann", "Ann"));
    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final TestNode here = node();
    private final TestNode there = node();

    /** What a viewer sees has the viewer's name in it, so that it shows who was asked about. */
    private TestNode node() {
        UserDirectory directory = (viewerId, userIds) -> userIds.stream()
                .filter(names::containsKey)
                .map(userId -> UserProfile.named(userId, names.get(userId) + " for " + viewerId))
                .toList();
        return TestNode.of(
                ChatEngine.builder().store(store).cluster(network.newBus()).users(directory));
    }

    private static String nameFor(TestNode node, TestSession viewer) {
        return node.run(viewer, new GetUsers(List.of("ann")))
                .result()
                .users()
                .get(0)
                .name();
    }

    private static List<UserUpdated> updates(TestNode node, TestSession session) {
        return node.eventsTo(session, UserUpdated.class);
    }

    @BeforeEach
    void connect() {
        network.awaitDelivery();
        here.service().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        here.service().create(NewConversation.direct("ann", "bob"));
        here.service().create(NewConversation.group("other", "Other", List.of("eve", "bob")));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        network.close();
    }

    private void change(String name) {
        names.put("ann", name);
        here.service().userChanged("ann").join();
        network.awaitDelivery();
    }

    private static UserUpdated updated(String name) {
        return new UserUpdated(UserProfile.named("ann", name + " for null"));
    }

    @Test
    void sessions_in_shared_rooms_receive_what_everyone_may_see_once() {
        String direct = NewConversation.direct("ann", "bob").conversationId();
        TestSession bob = here.userIn("bob", "g", direct, "other");
        TestSession cid = there.userIn("cid", "g");
        TestSession eve = here.userIn("eve", "other");
        TestSession elsewhere = there.user("cid");
        change("Ann Ray");
        await().untilAsserted(() -> assertThat(updates(there, cid)).containsExactly(updated("Ann Ray")));
        assertThat(updates(here, bob)).containsExactly(updated("Ann Ray"));
        assertThat(updates(here, eve)).isEmpty();
        assertThat(updates(there, elsewhere)).isEmpty();
    }

    @Test
    void sessions_in_an_open_room_with_the_user_are_notified_whatever_the_node() {
        TestSession own = there.userIn("ann", "open");
        TestSession bob = here.userIn("bob", "open");
        TestSession dora = there.userIn("dora", "open", "another");
        network.awaitDelivery();
        change("Ann Ray");
        await().untilAsserted(() -> {
            assertThat(updates(here, bob)).containsExactly(updated("Ann Ray"));
            assertThat(updates(there, dora)).containsExactly(updated("Ann Ray"));
            assertThat(updates(there, own)).containsExactly(updated("Ann Ray"));
        });
    }

    @Test
    void all_nodes_look_the_user_up_again() {
        TestSession bob = here.user("bob");
        TestSession cid = there.user("cid");
        assertThat(nameFor(here, bob)).isEqualTo("Ann for bob");
        assertThat(nameFor(there, cid)).isEqualTo("Ann for cid");
        change("Ann Ray");
        assertThat(nameFor(here, bob)).isEqualTo("Ann Ray for bob");
        await().untilAsserted(() -> assertThat(nameFor(there, cid)).isEqualTo("Ann Ray for cid"));
    }

    @Test
    void user_whom_the_directory_no_longer_knows_has_no_name() {
        TestSession bob = here.userIn("bob", "g");
        names.remove("ann");
        here.service().userChanged("ann").join();
        assertThat(updates(here, bob)).containsExactly(new UserUpdated(new UserProfile("ann", null, null, null)));
    }

    @Test
    void user_of_many_conversations_is_announced_in_the_rooms_of_all() {
        IntStream.range(0, 250)
                .forEach(
                        i -> here.service().create(NewConversation.group("group" + i, "Group", List.of("ann", "bob"))));
        List<TestSession> sessions = IntStream.range(0, 250)
                .mapToObj(i -> (i % 2 == 0 ? here : there).userIn("guest" + i, "open" + i))
                .toList();
        TestSession first = here.userIn("bob", "group0", "group249");
        TestSession last = there.userIn("bob", "group120");
        change("Ann Ray");
        await().untilAsserted(() -> assertThat(updates(there, last)).containsExactly(updated("Ann Ray")));
        assertThat(updates(here, first)).contains(updated("Ann Ray")).hasSizeLessThanOrEqualTo(3);
        assertThat(sessions)
                .allSatisfy(session -> assertThat(updates(here, session)).isEmpty());
    }
}
