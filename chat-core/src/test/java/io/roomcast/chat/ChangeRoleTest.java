package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.ChangeRole;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberUpdated;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may change whose role, and who receives the event. */
class ChangeRoleTest {
    private static final Permissions ROLES_FOR_ALL = Permissions.defaults()
            .grant(Role.ADMIN, Permission.ROLES)
            .grant(Role.MEMBER, Permission.ROLES, Permission.MEMBERS);

    private final ChatStore store = ChatStore.inMemory();
    private @Nullable ChatFixture fixture;

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @BeforeEach
    void createGroup() {
        store.create(NewConversation.group("g", "Group", List.of("zoe", "me", "you")));
        store.changeRole("g", "zoe", Role.OWNER);
    }

    private ChatFixture start(Permissions permissions) {
        ChatFixture started = ChatFixture.with(builder -> builder.store(store).permissions(permissions));
        fixture = started;
        return started;
    }

    private @Nullable ErrorCode outcome(ChatFixture chat, TestSession session, ChangeRole command) {
        Answer<ChangeRole.Changed> answer = chat.run(session, command);
        return answer.isRefused() ? answer.code() : null;
    }

    private Role roleOf(String userId) {
        return store.member("g", userId).map(Member::role).orElseThrow();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Role.values())
                .flatMap(own -> Stream.of(Role.values())
                        .flatMap(other -> Stream.of(Role.values()).map(wanted -> Arguments.of(own, other, wanted))));
    }

    @ParameterizedTest(name = "{0} makes {1} {2}")
    @MethodSource("pairs")
    void member_acts_on_lower_roles_alone_and_gives_none_above_the_own(Role own, Role other, Role wanted) {
        store.changeRole("g", "me", own);
        store.changeRole("g", "you", other);
        ChatFixture chat = start(ROLES_FOR_ALL);
        boolean isPermitted = own.outranks(other) && !wanted.outranks(own);
        assertThat(outcome(chat, chat.user("me"), new ChangeRole("g", "you", wanted)))
                .isEqualTo(isPermitted ? null : ErrorCode.FORBIDDEN);
        assertThat(roleOf("you")).isEqualTo(isPermitted ? wanted : other);
    }

    @ParameterizedTest(name = "{0} removes {1}")
    @MethodSource("pairs")
    void member_removes_lower_roles_alone(Role own, Role other, Role unused) {
        store.changeRole("g", "me", own);
        store.changeRole("g", "you", other);
        ChatFixture chat = start(ROLES_FOR_ALL);
        assertThat(chat.run(chat.user("me"), new RemoveMember("g", "you")).isRefused())
                .isEqualTo(!own.outranks(other));
    }

    static Stream<Arguments> changesOfOneself() {
        return Stream.of(Role.values())
                .flatMap(own -> Stream.of(Role.values()).map(wanted -> Arguments.of(own, wanted)));
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @MethodSource("changesOfOneself")
    void member_may_only_lower_the_own_role(Role own, Role wanted) {
        store.changeRole("g", "me", own);
        ChatFixture chat = start(ROLES_FOR_ALL);
        boolean isPermitted = !wanted.outranks(own);
        assertThat(outcome(chat, chat.user("me"), new ChangeRole("g", "me", wanted)))
                .isEqualTo(isPermitted ? null : ErrorCode.FORBIDDEN);
        assertThat(roleOf("me")).isEqualTo(isPermitted ? wanted : own);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Role.class)
    void only_owners_change_roles_by_default(Role own) {
        store.changeRole("g", "me", own);
        ChatFixture chat = start(Permissions.defaults());
        assertThat(outcome(chat, chat.user("me"), new ChangeRole("g", "you", Role.MEMBER)))
                .isEqualTo(own == Role.OWNER ? null : ErrorCode.FORBIDDEN);
    }

    @Test
    void owner_hands_the_group_over() {
        ChatFixture chat = start(Permissions.defaults());
        TestSession zoe = chat.user("zoe");
        assertThat(outcome(chat, zoe, new ChangeRole("g", "zoe", Role.ADMIN))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(outcome(chat, zoe, new ChangeRole("g", "me", Role.OWNER))).isNull();
        assertThat(outcome(chat, zoe, new ChangeRole("g", "zoe", Role.ADMIN))).isNull();
        assertThat(roleOf("zoe")).isEqualTo(Role.ADMIN);
        assertThat(outcome(chat, zoe, new ChangeRole("g", "you", Role.ADMIN))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(outcome(chat, chat.user("me"), new ChangeRole("g", "you", Role.ADMIN)))
                .isNull();
    }

    @Test
    void demoted_admin_has_no_rights_left() {
        store.changeRole("g", "me", Role.ADMIN);
        ChatFixture chat = start(Permissions.defaults());
        TestSession me = chat.user("me");
        chat.run(me, new AddMembers("g", List.of("new"))).result();
        assertThat(outcome(chat, chat.user("zoe"), new ChangeRole("g", "me", Role.MEMBER)))
                .isNull();
        assertThat(chat.run(me, new AddMembers("g", List.of("newer"))).code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void members_receive_the_event_once_and_others_do_not() {
        ChatFixture chat = start(Permissions.defaults());
        TestSession zoe = chat.user("zoe");
        TestSession you = chat.user("you");
        TestSession eve = chat.user("eve");
        Member changed =
                chat.run(zoe, new ChangeRole("g", "me", Role.ADMIN)).result().member();
        assertThat(changed.role()).isEqualTo(Role.ADMIN);
        ConversationUpdated updated =
                new ConversationUpdated(store.conversation("g").orElseThrow(), "zoe");
        assertThat(chat.told().toldTo(you)).containsExactly(new MemberUpdated("g", changed, "zoe"), updated);
        assertThat(chat.told().toldTo(eve)).isEmpty();
        chat.told().clear();
        chat.run(zoe, new ChangeRole("g", "me", Role.ADMIN)).result();
        assertThat(chat.told().events()).isEmpty();
    }

    @Test
    void user_who_is_not_a_member_has_no_role_to_change() {
        ChatFixture chat = start(Permissions.defaults());
        assertThat(outcome(chat, chat.user("zoe"), new ChangeRole("g", "eve", Role.ADMIN)))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(chat.chat().changeRole("g", "eve", Role.ADMIN)).isFalse();
    }

    @Test
    void host_changes_every_role_and_the_members_receive_the_event() {
        ChatFixture chat = start(Permissions.defaults());
        TestSession you = chat.user("you");
        assertThat(chat.chat().changeRole("g", "zoe", Role.MEMBER)).isTrue();
        Member zoe = store.member("g", "zoe").orElseThrow();
        assertThat(chat.told().toldTo(you)).contains(new MemberUpdated("g", zoe, null));
        Member owner = chat.chat()
                .execute(new ChangeRole("g", "zoe", Role.OWNER))
                .join()
                .member();
        assertThat(chat.told().toldTo(you)).contains(new MemberUpdated("g", owner, null));
    }

    @Test
    void direct_conversation_has_no_roles() {
        ChatFixture chat = start(ROLES_FOR_ALL);
        String direct = chat.chat().create(NewConversation.direct("me", "you")).conversationId();
        assertThat(outcome(chat, chat.user("me"), new ChangeRole(direct, "you", Role.ADMIN)))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(catchThrowableOfType(ChatException.class, () -> chat.chat().changeRole(direct, "you", Role.ADMIN))
                        .code())
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void host_appoints_the_staff_of_an_open_conversation() {
        ChatFixture chat = start(Permissions.defaults());
        chat.chat().create(NewConversation.open("o"));
        chat.chat().addMembers("o", Set.of("zoe", "me"));
        assertThat(chat.chat().changeRole("o", "zoe", Role.OWNER)).isTrue();
        assertThat(outcome(chat, chat.user("zoe"), new ChangeRole("o", "me", Role.ADMIN)))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }
}
