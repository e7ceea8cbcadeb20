package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationKinds;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who belongs to a conversation. */
abstract class MemberContract extends StoreCase {
    MemberContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void membership_distinguishes_members_from_others() {
        createGroup();

        assertThat(store.isMember("g", "alice")).isTrue();
        assertThat(store.isMember("g", "mallory")).isFalse();
        assertThat(store.isMember("other", "alice")).isFalse();
    }

    @Test
    void kinds_of_several_conversations_are_read_at_once() {
        createGroup();
        store.create(NewConversation.open("o"));
        store.append(List.of(Drafts.text("said", "alice", "hello")));

        assertThat(store.kinds(List.of("g", "o", "said", "none")).existing())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("g", ConversationKind.GROUP, "o", ConversationKind.OPEN, "said", ConversationKind.OPEN));
        assertThat(store.kinds(List.of())).isEqualTo(new ConversationKinds(Map.of(), Set.of()));
    }

    @Test
    void members_are_read_alone_in_the_order_of_joining() {
        createGroup();
        store.addMembers("g", Set.of("carol"));

        assertThat(store.members("g")).isEqualTo(members());
        assertThat(store.members("none")).isEmpty();
    }

    @Test
    void memberships_of_a_user_are_read_at_once() {
        createGroup();
        store.create(NewConversation.group("h", "Other", List.of("bob")));

        assertThat(store.membershipsOf("alice", List.of("g", "h", "none")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("g", store.member("g", "alice").orElseThrow()));
        assertThat(store.membershipsOf("bob", List.of("g", "h"))).containsOnlyKeys("g", "h");
        assertThat(store.membershipsOf("mallory", List.of("g", "h"))).isEmpty();
    }

    @Test
    void users_who_share_a_conversation_are_found_at_once() {
        createGroup();
        store.create(NewConversation.group("h", "Other", List.of("bob", "carol")));
        store.create(NewConversation.direct("alice", "dave"));

        assertThat(store.sharing("alice", List.of("bob", "carol", "dave", "mallory")))
                .containsExactlyInAnyOrder("bob", "dave");
        assertThat(store.sharing("bob", List.of("alice", "carol", "dave"))).containsExactlyInAnyOrder("alice", "carol");
        assertThat(store.sharing("mallory", List.of("alice", "bob"))).isEmpty();
        assertThat(store.sharing("alice", List.of())).isEmpty();
    }

    @Test
    void added_user_is_an_ordinary_member() {
        createGroup();
        store.addMembers("g", Set.of("carol"));

        assertThat(store.isMember("g", "carol")).isTrue();
        assertThat(members().get(2)).returns("carol", Member::userId).returns(Role.MEMBER, Member::role);
    }

    @Test
    void adding_a_member_again_changes_nothing() {
        createGroup();
        List<Member> before = members();
        store.addMembers("g", Set.of("alice"));

        assertThat(members()).isEqualTo(before);
    }

    @Test
    void adding_members_and_strangers_adds_the_strangers() {
        createGroup();
        store.addMembers("g", Set.of("alice", "carol", "bob", "dave"));

        assertThat(members()).extracting(Member::userId).containsExactlyInAnyOrder("alice", "bob", "carol", "dave");
        assertThat(members().get(0).role()).isEqualTo(Role.OWNER);
    }

    @Test
    void adding_no_members_changes_nothing() {
        createGroup();
        store.addMembers("g", Set.of());

        assertThat(members()).hasSize(2);
    }

    @Test
    void adding_to_an_unknown_conversation_does_nothing() {
        store.addMembers("g", Set.of("alice"));

        assertThat(store.isMember("g", "alice")).isFalse();
        assertThat(store.conversation("g")).isEmpty();
    }

    @Test
    void removed_member_is_none() {
        createGroup();
        store.removeMember("g", "bob");

        assertThat(store.isMember("g", "bob")).isFalse();
        assertThat(members()).extracting(Member::userId).containsExactly("alice");
    }

    @Test
    void last_member_may_go_and_the_conversation_stays() {
        createGroup();
        store.removeMember("g", "alice");
        store.removeMember("g", "bob");

        assertThat(members()).isEmpty();
    }

    @Test
    void leaving_owner_does_not_change_roles_and_order() {
        createGroup();
        store.addMembers("g", Set.of("carol"));
        store.changeRole("g", "carol", Role.ADMIN);
        store.removeMember("g", "alice");

        assertThat(members()).extracting(Member::userId).containsExactly("bob", "carol");
        assertThat(members()).extracting(Member::role).containsExactly(Role.MEMBER, Role.ADMIN);
    }

    @Test
    void removing_a_stranger_does_nothing() {
        createGroup();
        store.removeMember("g", "mallory");
        store.removeMember("other", "alice");

        assertThat(members()).hasSize(2);
    }

    @Test
    void removed_member_may_come_back() {
        createGroup();
        store.removeMember("g", "bob");
        store.addMembers("g", Set.of("bob"));

        assertThat(store.isMember("g", "bob")).isTrue();
    }

    @Test
    void user_in_several_conversations_leaves_one() {
        createGroup();
        store.create(NewConversation.direct("alice", "bob"));
        store.removeMember("g", "bob");

        assertThat(store.isMember(NewConversation.direct("alice", "bob").conversationId(), "bob"))
                .isTrue();
    }

    @Test
    void member_is_found_with_role_and_time() {
        createGroup();

        assertThat(store.member("g", "alice")).contains(members().get(0));
        assertThat(store.member("g", "bob")).contains(members().get(1));
    }

    @Test
    void strangers_and_leavers_are_not_found() {
        createGroup();
        store.removeMember("g", "bob");

        assertThat(store.member("g", "mallory")).isEmpty();
        assertThat(store.member("g", "bob")).isEmpty();
        assertThat(store.member("unknown", "alice")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void role_is_changed(Role role) {
        createGroup();
        Member before = members().get(1);

        assertThat(store.changeRole("g", "bob", role)).isTrue();

        Member after = new Member("bob", role, before.joinedAt());
        assertThat(store.member("g", "bob")).contains(after);
        assertThat(members()).containsExactly(members().get(0), after);
    }

    @Test
    void changing_one_role_leaves_the_others() {
        createGroup();
        store.changeRole("g", "alice", Role.MEMBER);
        store.changeRole("g", "bob", Role.OWNER);

        assertThat(members()).extracting(Member::role).containsExactly(Role.MEMBER, Role.OWNER);
    }

    @Test
    void role_that_a_member_has_may_be_given_again() {
        createGroup();

        assertThat(store.changeRole("g", "bob", Role.MEMBER)).isTrue();
    }

    @Test
    void strangers_and_leavers_have_no_role_to_change() {
        createGroup();
        store.removeMember("g", "bob");

        assertThat(store.changeRole("g", "mallory", Role.ADMIN)).isFalse();
        assertThat(store.changeRole("g", "bob", Role.ADMIN)).isFalse();
        assertThat(store.changeRole("unknown", "alice", Role.ADMIN)).isFalse();
        assertThat(members()).extracting(Member::userId).containsExactly("alice");
        assertThat(store.isMember("g", "mallory")).isFalse();
    }

    @Test
    void adding_a_member_again_leaves_the_role() {
        createGroup();
        store.changeRole("g", "bob", Role.ADMIN);
        store.addMembers("g", Set.of("bob"));

        assertThat(store.member("g", "bob").orElseThrow().role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void returning_member_is_an_ordinary_one() {
        createGroup();
        store.changeRole("g", "bob", Role.ADMIN);
        store.removeMember("g", "bob");
        store.addMembers("g", Set.of("bob"));

        assertThat(store.member("g", "bob").orElseThrow().role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void returning_member_is_the_newest() {
        needs(StoreHarness.Capability.CLOCK);
        createGroup();
        harness.clock().advance(Duration.ofSeconds(1));
        store.removeMember("g", "alice");
        store.addMembers("g", Set.of("alice"));

        assertThat(members()).extracting(Member::userId).containsExactly("bob", "alice");
        assertThat(members().get(1).joinedAt())
                .isAfterOrEqualTo(members().get(0).joinedAt().plusSeconds(1));
    }

    private void createGroup() {
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
    }

    private List<Member> members() {
        return store.conversation("g").orElseThrow().members();
    }
}
