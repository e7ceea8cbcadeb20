package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PermissionsTest {
    private static final Permissions DEFAULTS = Permissions.defaults();

    private static Set<Permission> range(Permission last) {
        return EnumSet.range(Permission.SEND, last);
    }

    static Stream<Arguments> defaults() {
        Set<Permission> inDirect = range(Permission.CALL);
        inDirect.add(Permission.PIN);
        return Stream.of(
                Arguments.of(ConversationKind.DIRECT, null, range(Permission.DELETE_OWN)),
                Arguments.of(ConversationKind.DIRECT, Role.MEMBER, inDirect),
                Arguments.of(ConversationKind.DIRECT, Role.OWNER, inDirect),
                Arguments.of(ConversationKind.GROUP, null, range(Permission.DELETE_OWN)),
                Arguments.of(ConversationKind.GROUP, Role.MEMBER, range(Permission.CALL)),
                Arguments.of(ConversationKind.GROUP, Role.ADMIN, range(Permission.MEMBERS)),
                Arguments.of(ConversationKind.GROUP, Role.OWNER, range(Permission.DELETE_CONVERSATION)),
                Arguments.of(ConversationKind.OPEN, null, range(Permission.DELETE_OWN)),
                Arguments.of(ConversationKind.OPEN, Role.MEMBER, range(Permission.CALL)),
                Arguments.of(ConversationKind.OPEN, Role.ADMIN, range(Permission.MANAGE)),
                Arguments.of(
                        ConversationKind.OPEN,
                        Role.OWNER,
                        EnumSet.complementOf(EnumSet.of(Permission.MEMBERS, Permission.ROLES))));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void role_has_its_permissions(ConversationKind kind, @Nullable Role role, Set<Permission> expected) {
        assertThat(DEFAULTS.of(role, kind)).isEqualTo(expected);
    }

    @Test
    void role_or_guest_gains_and_loses_permissions_alone() {
        Permissions changed = DEFAULTS.grant(Role.MEMBER, Permission.MANAGE)
                .revoke(Role.ADMIN, Permission.MANAGE)
                .revokeGuests(Permission.REACT);
        assertThat(changed.of(Role.MEMBER, ConversationKind.GROUP)).contains(Permission.MANAGE, Permission.REACT);
        assertThat(changed.of(Role.ADMIN, ConversationKind.GROUP)).doesNotContain(Permission.MANAGE);
        assertThat(changed.of(null, ConversationKind.OPEN)).doesNotContain(Permission.REACT);
        assertThat(changed.grantGuests(Permission.REACT).of(null, ConversationKind.OPEN))
                .isEqualTo(DEFAULTS.of(null, ConversationKind.OPEN));
        assertThat(DEFAULTS.of(Role.MEMBER, ConversationKind.GROUP)).isEqualTo(range(Permission.CALL));
    }

    @Test
    void permission_is_granted_and_withdrawn_with_the_one_that_it_requires() {
        Permissions none = DEFAULTS.revoke(Role.MEMBER, Permission.SEND, Permission.DELETE_OWN);
        assertThat(none.of(Role.MEMBER, ConversationKind.GROUP))
                .doesNotContain(Permission.SEND, Permission.SEND_FILE, Permission.DELETE_OWN);
        assertThat(none.grant(Role.MEMBER, Permission.SEND_FILE, Permission.DELETE_ANY)
                        .of(Role.MEMBER, ConversationKind.GROUP))
                .contains(Permission.SEND, Permission.SEND_FILE, Permission.DELETE_OWN, Permission.DELETE_ANY);
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void permission_is_for_all_unless_one_role_or_kind_lacks_it(Permission permission) {
        assertThat(DEFAULTS.isForAll(permission))
                .isEqualTo(range(Permission.DELETE_OWN).contains(permission));
        assertThat(DEFAULTS.revoke(Role.OWNER, permission).isForAll(permission)).isFalse();
        assertThat(DEFAULTS.revokeGuests(permission).isForAll(permission)).isFalse();
    }

    @Test
    void guest_changes_no_roles() {
        assertThat(DEFAULTS.grantGuests(Permission.values()).of(null, ConversationKind.GROUP))
                .doesNotContain(Permission.ROLES)
                .hasSize(Permission.values().length - 1);
    }

    @Test
    void permission_that_all_roles_have_may_be_missing_in_a_kind() {
        Permissions generous = DEFAULTS.grantGuests(Permission.values());
        for (Role role : Role.values()) {
            generous = generous.grant(role, Permission.values());
        }
        Permissions all = generous;
        Arrays.stream(Permission.values())
                .forEach(permission -> assertThat(all.isForAll(permission))
                        .isEqualTo(Arrays.stream(ConversationKind.values())
                                .allMatch(kind -> all.of(null, kind).contains(permission))));
    }

    @Test
    void higher_role_outranks_a_lower_one() {
        assertThat(Role.OWNER.outranks(Role.ADMIN)).isTrue();
        assertThat(Role.ADMIN.outranks(Role.MEMBER)).isTrue();
        assertThat(Role.ADMIN.outranks(Role.ADMIN)).isFalse();
        assertThat(Role.MEMBER.outranks(Role.OWNER)).isFalse();
    }
}
