package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks who may add and remove members, and who receives it. */
class MembershipCommandsTest extends ConversationCase {
    @Test
    void owner_and_admins_change_a_group_and_members_do_not() {
        made(ann, group("g", "bob", "cid"));
        fixture.chat().changeRole("g", "bob", Role.ADMIN);
        fixture.told().clear();
        for (TestSession manager : List.of(ann, bob)) {
            Conversation updated = fixture.run(manager, new UpdateConversation("g", manager.id(), null))
                    .result()
                    .conversation();
            assertThat(updated.title()).isEqualTo(manager.id());
            assertThat(ids(updated)).hasSize(3);
        }
        assertForbidden(cid, UpdateConversation.title("g", "mine"));
        assertThat(toldTo(cid))
                .hasSize(2)
                .allSatisfy(event -> assertThat(
                                ((ConversationUpdated) event).conversation().members())
                        .isEmpty());
    }

    static Stream<Command<?>> changes() {
        return Stream.of(
                UpdateConversation.title("c", "mine"),
                new AddMembers("c", List.of("cid")),
                new RemoveMember("c", "bob"),
                new RemoveMember("c", "cid"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void non_member_cannot_tell_a_group_from_an_unknown_one(Command<?> change) {
        assertForbidden(cid, change);
        made(ann, group("c", "bob"));
        fixture.told().clear();
        assertForbidden(cid, change);
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void new_member_receives_the_conversation_and_the_others_the_member() {
        made(ann, group("g", "bob"));
        fixture.told().clear();
        Conversation now = fixture.run(ann, new AddMembers("g", List.of("cid", "bob")))
                .result()
                .conversation();
        assertThat(ids(now)).containsExactly("ann", "bob", "cid");
        assertThat(toldTo(cid)).containsExactly(new MemberAdded(now, "cid", "ann"));
        MemberAdded toBob = (MemberAdded) toldTo(bob).get(0);
        assertThat(toBob.userId()).isEqualTo("cid");
        assertThat(toBob.conversation().members()).isEmpty();
        assertThat(toldTo(ann)).hasSize(1);
    }

    @Test
    void adding_present_members_sends_no_event() {
        made(ann, group("g", "bob"));
        fixture.told().clear();
        assertThat(fixture.run(ann, new AddMembers("g", List.of("bob"))).result())
                .isNotNull();
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void removed_member_stops_typing_and_receives_nothing_more() {
        made(ann, group("g", "bob"));
        fixture.run(ann, JoinRoom.of("g")).result();
        fixture.run(bob, JoinRoom.of("g")).result();
        fixture.run(bob, StartTyping.of("g")).result();
        fixture.told().clear();
        Conversation left =
                fixture.run(ann, new RemoveMember("g", "bob")).result().conversation();
        assertThat(ids(left)).containsExactly("ann");
        assertThat(toldTo(ann)).contains(new MemberRemoved("g", "bob", "ann"), new TypingStopped("g", "bob"));
        assertThat(toldTo(bob)).containsExactly(new MemberRemoved("g", "bob", "ann"));
        fixture.send(ann, "g", "alone").result();
        assertThat(fixture.told().messagesTo(bob)).isEmpty();
    }

    @Test
    void member_who_is_put_out_stops_typing_without_having_joined() {
        made(ann, group("g", "bob"));
        fixture.run(ann, JoinRoom.of("g")).result();
        fixture.run(bob, StartTyping.of("g")).result();
        fixture.chat().removeMember("g", "bob");
        assertThat(toldTo(ann)).contains(new TypingStopped("g", "bob"));
    }

    @Test
    void everybody_may_leave_and_learns_nothing_of_those_who_stay() {
        made(ann, group("g", "bob", "cid"));
        for (TestSession leaver : List.of(bob, ann)) {
            Conversation left = fixture.run(leaver, new RemoveMember("g", leaver.id()))
                    .result()
                    .conversation();
            assertThat(left.members()).isEmpty();
        }
        assertThat(ids(fixture.chat().conversation("g").orElseThrow())).containsExactly("cid");
    }

    @Test
    void owner_cannot_be_removed() {
        made(ann, group("g", "bob", "cid"));
        fixture.chat().changeRole("g", "bob", Role.ADMIN);
        assertForbidden(bob, new RemoveMember("g", "ann"));
        assertForbidden(cid, new RemoveMember("g", "bob"));
        assertThat(fixture.run(bob, new RemoveMember("g", "cid")).result()).isNotNull();
    }

    @Test
    void removal_of_a_non_member_sends_no_event() {
        made(ann, group("g", "bob"));
        fixture.told().clear();
        assertThat(fixture.run(ann, new RemoveMember("g", "cid")).result()).isNotNull();
        assertThat(fixture.told().events()).isEmpty();
    }
}
