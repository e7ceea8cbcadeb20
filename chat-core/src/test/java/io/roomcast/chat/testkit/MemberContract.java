package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who belongs to a conversation. */
abstract class MemberContract extends StoreCase {
    MemberContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void membership_tells_members_from_strangers() {
        createGroup();

        assertThat(store.isMember("g", "alice")).isTrue();
        assertThat(store.isMember("g", "mallory")).isFalse();
        assertThat(store.isMember("other", "alice")).isFalse();
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
    void adding_nobody_changes_nothing() {
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

    private void createGroup() {
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
    }

    private List<Member> members() {
        return store.conversation("g").orElseThrow().members();
    }
}
