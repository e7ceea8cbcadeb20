package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.fixture.CallCounter;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may see whether a user is here, and since when not. */
class PresencePrivacyTest {
    private static final Presence HIDDEN = new Presence("ann", Status.OFFLINE, null);

    private final List<ChatFixture> chats = new ArrayList<>();

    static Stream<Arguments> closedPolicies() {
        AccessPolicy hosts = (request, membership) -> true;
        return Stream.of(
                Arguments.of("membersOnly", AccessPolicy.membersOnly()), Arguments.of("the host's own", hosts));
    }

    @AfterEach
    void close() {
        chats.forEach(ChatFixture::close);
    }

    private ChatFixture chat(AccessPolicy policy) {
        ChatFixture chat = ChatFixture.with(builder -> builder.accessPolicy(policy));
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        chats.add(chat);
        return chat;
    }

    private static Presence seen(ChatFixture chat, TestSession viewer) {
        return chat.run(viewer, new GetPresence(List.of("ann")))
                .result()
                .presence()
                .get(0);
    }

    private static List<PresenceChanged> heard(ChatFixture chat, TestSession session) {
        return chat.told().comingsToldTo(session).stream()
                .filter(PresenceChanged.class::isInstance)
                .map(PresenceChanged.class::cast)
                .filter(event -> event.presence().userId().equals("ann"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("closedPolicies")
    void non_member_receives_no_joins_and_leaves(String name, AccessPolicy policy) {
        ChatFixture chat = chat(policy);
        TestSession eve = chat.user("eve");
        assertThat(chat.run(eve, new SubscribePresence(List.of("ann"))).result().presence())
                .containsExactly(HIDDEN);
        TestSession ann = chat.user("ann");
        assertThat(seen(chat, eve)).isEqualTo(HIDDEN);
        chat.run(ann, new SetPresence(Status.AWAY)).result();
        chat.time().advance(Duration.ofSeconds(2));
        chat.engine().close(ann);
        chat.time().advance(Duration.ofSeconds(20));
        assertThat(seen(chat, eve)).isEqualTo(HIDDEN);
        assertThat(heard(chat, eve)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("closedPolicies")
    void member_of_a_shared_conversation_sees_both(String name, AccessPolicy policy) {
        ChatFixture chat = chat(policy);
        TestSession bob = chat.user("bob");
        chat.run(bob, new SubscribePresence(List.of("ann"))).result();
        TestSession ann = chat.user("ann");
        assertThat(seen(chat, bob).status()).isEqualTo(Status.ONLINE);
        chat.engine().close(ann);
        chat.time().advance(Duration.ofSeconds(20));
        assertThat(seen(chat, bob).lastSeenAt()).isNotNull();
        assertThat(heard(chat, bob))
                .extracting(event -> event.presence().status())
                .containsExactly(Status.ONLINE, Status.OFFLINE);
    }

    @Test
    void users_of_a_direct_conversation_see_each_other_and_everybody_sees_themselves() {
        ChatFixture chat = chat(AccessPolicy.membersOnly());
        chat.chat().create(NewConversation.direct("ann", "eve"));
        TestSession ann = chat.user("ann");
        assertThat(seen(chat, chat.user("eve")).status()).isEqualTo(Status.ONLINE);
        assertThat(seen(chat, ann).status()).isEqualTo(Status.ONLINE);
    }

    @Test
    void removed_member_sees_nothing_more() {
        ChatFixture chat = chat(AccessPolicy.membersOnly());
        TestSession bob = chat.user("bob");
        chat.run(bob, new SubscribePresence(List.of("ann"))).result();
        chat.chat().removeMember("g", "bob");
        chat.user("ann");
        chat.time().advance(Duration.ofSeconds(2));
        assertThat(heard(chat, bob)).isEmpty();
        assertThat(seen(chat, bob)).isEqualTo(HIDDEN);
    }

    @Test
    void watcher_who_begins_to_share_a_conversation_receives_later_changes() {
        ChatFixture chat = chat(AccessPolicy.membersOnly());
        TestSession eve = chat.user("eve");
        chat.run(eve, new SubscribePresence(List.of("ann"))).result();
        chat.time().advance(Duration.ofSeconds(1));
        chat.chat().addMembers("g", Set.of("eve"));
        chat.user("ann");
        assertThat(heard(chat, eve))
                .extracting(event -> event.presence().status())
                .containsExactly(Status.ONLINE);
    }

    @Test
    void everyone_sees_everyone_where_rooms_are_open() {
        ChatFixture chat = chat(AccessPolicy.openRooms());
        TestSession eve = chat.user("eve");
        chat.run(eve, new SubscribePresence(List.of("ann"))).result();
        chat.user("ann");
        assertThat(seen(chat, eve).status()).isEqualTo(Status.ONLINE);
        assertThat(heard(chat, eve)).hasSize(1);
    }

    @Test
    void two_hundred_users_cost_one_call_of_the_store() {
        CallCounter counter = new CallCounter();
        ChatStore store = counter.around(ChatStore.inMemory());
        try (ChatFixture chat =
                ChatFixture.with(builder -> builder.store(store).accessPolicy(AccessPolicy.membersOnly()))) {
            TestSession eve = chat.user("eve");
            counter.clear();
            chat.run(
                            eve,
                            new GetPresence(IntStream.range(0, 200)
                                    .mapToObj(i -> "u" + i)
                                    .toList()))
                    .result();
            assertThat(counter.calls()).containsExactly("sharing");
        }
    }
}
