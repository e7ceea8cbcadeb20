package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of the members of a conversation, by the order of their ids. Fails with {@link ErrorCode#FORBIDDEN} if
 * the user is not a member, unless the conversation is open, and with {@link ErrorCode#CONVERSATION_NOT_FOUND} if it
 * does not exist.
 *
 * @param conversationId the conversation
 * @param role the role that the members have, or null for all roles
 * @param afterUserId the last member of the previous page, or null for the first page
 * @param limit the maximum number of members, or null for {@value #DEFAULT_LIMIT}
 */
public record GetMembers(
        String conversationId,
        @Nullable Role role,
        @Nullable String afterUserId,
        @Nullable Integer limit) implements ReadCommand<GetMembers.Listed> {
    /** The number of members on a page unless the request names another: {@value}. */
    public static final int DEFAULT_LIMIT = 50;

    /** The maximum number of members on a page: {@value}. A higher limit is reduced to it. */
    public static final int MAX_LIMIT = 100;

    /** Rejects a missing conversation. */
    public GetMembers {
        requireNonNull(conversationId, "conversationId");
    }

    /** Reads the first page. */
    public static GetMembers of(String conversationId) {
        return new GetMembers(conversationId, null, null, null);
    }

    /**
     * A page of members.
     *
     * @param members the members
     * @param next the last member, for the next page; null on the last page
     */
    public record Listed(List<Member> members, @Nullable String next) {
        /** Copies the list. */
        public Listed {
            members = List.copyOf(requireNonNull(members, "members"));
        }
    }
}
