package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Role;

/**
 * Changes the role of a member of a group. Requires {@link Permission#ROLES} and a role that is higher than the member's.
 * A role above the caller's own cannot be given.
 *
 * <p>To hand a group over, an owner makes another member an owner and then takes a lower role. The last owner cannot
 * take one: this fails with {@link ErrorCode#CONFLICT}, and so does the change of a user who is not a member.
 *
 * @param conversationId the group
 * @param userId the id of the member
 * @param role the new role
 */
public record ChangeRole(String conversationId, String userId, Role role) implements ManageCommand<ChangeRole.Changed> {
    /** Rejects null. */
    public ChangeRole {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
        requireNonNull(role, "role");
    }

    /** The member with the new role. */
    public record Changed(Member member) {
        /** Rejects null. */
        public Changed {
            requireNonNull(member, "member");
        }
    }
}
