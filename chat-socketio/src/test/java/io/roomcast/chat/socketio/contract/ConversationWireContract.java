package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.ANY_OBJECT;
import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.CURSOR;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.USER;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import io.roomcast.chat.model.ConversationFilter;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Role;
import java.util.List;

/** The contract of conversations and their members. */
final class ConversationWireContract {
    private static final String BY = "The user who did it; absent for the host.";

    private static final Named CONVERSATION_KIND = new Named(
            "ConversationKind",
            "Whether a conversation is direct, with two fixed members; a group, whose members change; or open.",
            Choice.of(ConversationKind.values(), ConversationKind::wireName));

    private static final Named ROLE =
            new Named("Role", "The role of a member in a group.", Choice.of(Role.values(), Role::wireName));

    private static final Named PERMISSION = new Named(
            "Permission",
            "What a user may do in a conversation, by the access policy and the user's role.",
            Choice.of(Permission.values(), Permission::wireName));

    private static final Named MEMBER = new Named(
            "Member",
            "A member of a conversation.",
            Shape.empty().with("userId", TEXT).with("role", ROLE).with("joinedAt", TIME));

    static final Named MESSAGE_PREVIEW = new Named(
            "MessagePreview",
            "The newest message, as a list of conversations shows it.",
            Shape.empty()
                    .with("id", TEXT)
                    .with("_id", TEXT)
                    .with("conversationId", TEXT)
                    .with("seq", COUNT)
                    .with("version", COUNT)
                    .with("senderId", TEXT)
                    .with("type", MessageContract.MESSAGE_TYPE)
                    .with("content", TEXT, "The first 80 UTF-16 units.")
                    .with("createdAt", TIME)
                    .maybe("expiresAt", TIME, "The server does not return the content from then on. Clients hide it.")
                    .with("deleted", FLAG));

    private static final Shape FIELDS = IN_CONVERSATION
            .with("kind", CONVERSATION_KIND)
            .maybe("title", TEXT)
            .maybe(
                    "members",
                    new ListOf(MEMBER),
                    "Absent in open conversations, in groups of a list, and for users who are not members.")
            .maybe("metadata", ANY_OBJECT)
            .with("createdAt", TIME)
            .with("updatedAt", TIME)
            .with("latestSeq", COUNT)
            .with("version", COUNT)
            .maybe("lastMessage", MESSAGE_PREVIEW);

    private static final Named CONVERSATION = new Named("Conversation", "A conversation without its messages.", FIELDS);

    private static final Named LISTED_CONVERSATION = new Named(
            "ListedConversation",
            "A conversation with what the user has read and prefers.",
            FIELDS.with("readSeq", COUNT)
                    .with("unread", COUNT)
                    .with("unreadMentions", COUNT, "The unread messages that mention the user or all members.")
                    .with("preferences", AttentionContract.PREFERENCES));

    private static final Shape ONE_CONVERSATION = success().with("conversation", CONVERSATION);

    static final List<Named> TYPES =
            List.of(MESSAGE_PREVIEW, CONVERSATION_KIND, ROLE, PERMISSION, MEMBER, CONVERSATION, LISTED_CONVERSATION);

    static final List<Request> REQUESTS = List.of(
            Request.of("createConversation", "Creates a conversation.", toCreate(), ONE_CONVERSATION),
            Request.of(
                    "updateConversation",
                    "Changes the title or the metadata of a group.",
                    Either.of(
                            IN_CONVERSATION.with("title", TEXT).maybe("metadata", ANY_OBJECT),
                            IN_CONVERSATION.maybe("title", TEXT).with("metadata", ANY_OBJECT)),
                    ONE_CONVERSATION),
            Request.of(
                    "addMembers",
                    "Adds members to a group.",
                    IN_CONVERSATION.with("memberIds", new ListOf(TEXT)),
                    ONE_CONVERSATION),
            Request.of(
                    "removeMember",
                    "Removes a member from a group; the user may also leave.",
                    IN_CONVERSATION.with("userId", TEXT),
                    ONE_CONVERSATION),
            Request.of("deleteConversation", "Deletes a conversation for ever.", IN_CONVERSATION, success()),
            Request.of(
                    "changeRole",
                    "Changes the role of a member of a group.",
                    IN_CONVERSATION.with("userId", TEXT).with("role", ROLE),
                    success().with("member", MEMBER)),
            Request.of(
                    "getConversation",
                    "Returns a conversation; its members only to a member.",
                    IN_CONVERSATION,
                    ONE_CONVERSATION
                            .maybe("role", ROLE, "The user's role; absent if the user is not a member.")
                            .with("may", new ListOf(PERMISSION), "What the user may do.")
                            .maybe("preferences", AttentionContract.PREFERENCES, "Absent without an authenticator.")),
            Request.of(
                    "getMembers",
                    "Returns a page of the members, by id; of a group only to a member.",
                    IN_CONVERSATION
                            .maybe("role", ROLE, "The role that the members have.")
                            .maybe("cursor", CURSOR, "The next of the previous page; the first page if absent.")
                            .maybe("limit", COUNT, "At most 100; 50 if absent."),
                    success()
                            .with("members", new ListOf(MEMBER))
                            .maybe("next", CURSOR, "The cursor of the next page; absent on the last one.")),
            Request.of(
                    "getConversations",
                    "Returns a page of the user's conversations, the latest active first.",
                    Shape.empty()
                            .maybe("after", CURSOR, "The next of the previous page.")
                            .maybe("limit", COUNT)
                            .maybe(
                                    "filter",
                                    Choice.of(ConversationFilter.values(), ConversationFilter::wireName),
                                    "All conversations if absent. A page of unread ones may be short although"
                                            + " another follows."),
                    success()
                            .with("conversations", new ListOf(LISTED_CONVERSATION))
                            .maybe("next", CURSOR, "The cursor of the next page; absent on the last one.")));

    static final List<Notice> NOTICES = List.of(
            Notice.of(
                    "conversationUpdated",
                    "A conversation was created or changed.",
                    IN_CONVERSATION.maybe("by", TEXT, BY).with("conversation", CONVERSATION)),
            Notice.of("conversationDeleted", "A conversation was deleted.", IN_CONVERSATION.maybe("by", TEXT, BY)),
            Notice.of(
                    "memberAdded",
                    "A user became a member.",
                    USER.maybe("by", TEXT, BY).with("conversation", CONVERSATION)),
            Notice.of("memberRemoved", "A user is no longer a member.", USER.maybe("by", TEXT, BY)),
            Notice.of(
                    "memberUpdated",
                    "A member has another role.",
                    IN_CONVERSATION.with("member", MEMBER).maybe("by", TEXT, BY)));

    private ConversationWireContract() {}

    private static Type toCreate() {
        return Either.of(
                Shape.empty()
                        .with("kind", Choice.of("direct"))
                        .with("memberIds", new ListOf(TEXT), "The other user.")
                        .maybe("metadata", ANY_OBJECT),
                Shape.empty()
                        .with("kind", Choice.of("group"))
                        .maybe("conversationId", TEXT)
                        .maybe("title", TEXT)
                        .maybe("memberIds", new ListOf(TEXT), "The other members.")
                        .maybe("metadata", ANY_OBJECT));
    }
}
