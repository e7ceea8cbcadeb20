package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MemberUpdated;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who owns a group after its owner. */
class GroupOwnershipTest {
    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession ann = fixture.user("ann");
    private final TestSession cid = fixture.user("cid");

    @AfterEach
    void close() {
        fixture.close();
    }

    private void makeGroup(String... memberIds) {
        fixture.chat().create(NewConversation.group("g", "Group", List.of(memberIds)));
    }

    private void leave(TestSession session) {
        fixture.run(session, new RemoveMember("g", session.id())).result();
    }

    private List<Member> members() {
        return group().members();
    }

    private Conversation group() {
        return fixture.chat().conversation("g").orElseThrow();
    }

    @Test
    void oldest_member_becomes_the_owner_of_the_group() {
        makeGroup("ann", "bob", "cid");
        leave(ann);
        assertThat(members()).extracting(Member::userId).containsExactly("bob", "cid");
        assertThat(members()).extracting(Member::role).containsExactly(Role.OWNER, Role.MEMBER);
    }

    @Test
    void admin_precedes_older_members() {
        makeGroup("ann", "bob", "cid");
        fixture.chat().changeRole("g", "cid", Role.ADMIN);
        fixture.chat().removeMember("g", "ann");
        assertThat(members()).extracting(Member::role).containsExactly(Role.MEMBER, Role.OWNER);
    }

    @Test
    void remaining_members_receive_the_new_owner_after_the_removal() {
        makeGroup("ann", "cid");
        fixture.told().clear();
        leave(ann);
        assertThat(fixture.told().toldTo(cid))
                .containsExactly(
                        new MemberRemoved("g", "ann", "ann"),
                        new MemberUpdated("g", members().get(0), "ann"),
                        new ConversationUpdated(group(), "ann"));
        assertThat(fixture.told().toldTo(ann)).containsExactly(new MemberRemoved("g", "ann", "ann"));
    }

    @Test
    void new_owner_may_do_what_owners_may() {
        makeGroup("ann", "cid", "bob");
        assertThat(fixture.run(cid, new RemoveMember("g", "bob")).isRefused()).isTrue();
        leave(ann);
        assertThat(fixture.run(cid, new RemoveMember("g", "bob")).isRefused()).isFalse();
    }

    @Test
    void group_with_another_owner_changes_no_role() {
        makeGroup("ann", "bob", "cid");
        fixture.chat().changeRole("g", "cid", Role.OWNER);
        leave(ann);
        assertThat(members()).extracting(Member::role).containsExactly(Role.MEMBER, Role.OWNER);
    }

    @Test
    void group_without_an_owner_gets_none_when_a_member_leaves() {
        makeGroup("ann", "bob", "cid");
        fixture.chat().changeRole("g", "ann", Role.MEMBER);
        leave(cid);
        assertThat(members()).extracting(Member::role).containsOnly(Role.MEMBER);
    }

    @Test
    void last_member_may_leave() {
        makeGroup("ann");
        leave(ann);
        assertThat(members()).isEmpty();
    }
}
