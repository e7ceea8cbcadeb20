package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.ANY_OBJECT;
import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.socketio.internal.packet.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The values that occur in more than one place. */
final class Shapes {
    static final Named ERROR_CODE = new Named(
            "ErrorCode",
            "Why a request failed; what goes with each code is told by ErrorCodes.",
            Choice.of(ErrorCode.values(), ErrorCode::wireName));

    static final Named MESSAGE_TYPE = new Named(
            "MessageType",
            "What kind of thing a message's content is.",
            Choice.of(MessageType.values(), MessageType::wireName));

    static final Named CONVERSATION_KIND = new Named(
            "ConversationKind",
            "How a conversation chooses its members.",
            Choice.of(ConversationKind.values(), ConversationKind::wireName));

    static final Named ROLE =
            new Named("Role", "What a member may do in a group.", Choice.of(Role.values(), Role::wireName));

    static final Named PRESENCE_STATUS =
            new Named("PresenceStatus", "Whether a user is here.", Choice.of(Status.values(), Status::wireName));

    static final Named SYNC_REASON = new Named(
            "SyncReason",
            "Why something was missed.",
            Choice.of(SyncRequired.Reason.values(), SyncRequired.Reason::wireName));

    static final Named FEATURE = new Named(
            "Feature", "Something that only those are told who ask for it.", Choice.of(Packets.MESSAGES_BATCH));

    static final Named POSITION = new Named(
            "Position",
            "How far something has come in a conversation: its newest message, and its newest change.",
            Shape.empty().with("seq", COUNT).with("version", COUNT));

    private static final Named REACTION = new Named(
            "Reaction",
            "How many users chose a key, and the first 10 of them.",
            Shape.empty().with("count", COUNT).with("userIds", new ListOf(TEXT)));

    static final Named REACTIONS =
            new Named("Reactions", "The reactions to a message, by their keys.", new MapOf(REACTION));

    static final Named MESSAGE = new Named(
            "Message",
            "A message as it is after its last change.",
            Shape.empty()
                    .with("id", TEXT)
                    .with("_id", TEXT, "The same as id, for front ends that know it from a database's document.")
                    .with("conversationId", TEXT)
                    .with("seq", COUNT, "Its place in the conversation: 1, 2, 3 and so on, without gaps.")
                    .with("version", COUNT, "The conversation's change that touched it last; 0 if none did.")
                    .with("senderId", TEXT)
                    .maybe("clientMessageId", TEXT, "The sender's idempotency key.")
                    .with("type", MESSAGE_TYPE)
                    .with("content", TEXT, "Empty in a deleted message, and where a file speaks for itself.")
                    .and(attachment())
                    .maybe("replyTo", TEXT, "The id of the message that it answers.")
                    .maybe("mentions", new ListOf(TEXT), "The ids of the users it names.")
                    .maybe("metadata", ANY_OBJECT)
                    .with("createdAt", TIME)
                    .maybe("editedAt", TIME)
                    .maybe("deletedAt", TIME, "There if only the message's place is left.")
                    .maybe("deletedBy", TEXT)
                    .maybe("reactions", REACTIONS));

    static final Named MESSAGE_PREVIEW = new Named(
            "MessagePreview",
            "What a list of conversations shows of the newest message.",
            Shape.empty()
                    .with("id", TEXT)
                    .with("_id", TEXT)
                    .with("conversationId", TEXT)
                    .with("seq", COUNT)
                    .with("version", COUNT)
                    .with("senderId", TEXT)
                    .with("type", MESSAGE_TYPE)
                    .with("content", TEXT, "The first 80 UTF-16 units.")
                    .with("createdAt", TIME)
                    .with("deleted", FLAG));

    private static final Named MEMBER = new Named(
            "Member",
            "Who belongs to a conversation.",
            Shape.empty().with("userId", TEXT).with("role", ROLE).with("joinedAt", TIME));

    private static final Shape CONVERSATION_FIELDS = Shape.empty()
            .with("conversationId", TEXT)
            .with("kind", CONVERSATION_KIND)
            .maybe("title", TEXT)
            .maybe("members", new ListOf(MEMBER), "Left out of open conversations, and of groups in lists.")
            .maybe("metadata", ANY_OBJECT)
            .with("createdAt", TIME)
            .with("updatedAt", TIME)
            .with("latestSeq", COUNT)
            .with("version", COUNT)
            .maybe("lastMessage", MESSAGE_PREVIEW);

    static final Named CONVERSATION =
            new Named("Conversation", "What is known of a conversation beside its messages.", CONVERSATION_FIELDS);

    static final Named LISTED_CONVERSATION = new Named(
            "ListedConversation",
            "A conversation as one of its members sees it.",
            CONVERSATION_FIELDS.with("readSeq", COUNT).with("unread", COUNT));

    static final Named RECEIPT = new Named(
            "Receipt",
            "How far a user has come in a conversation.",
            Shape.empty()
                    .with("conversationId", TEXT)
                    .with("userId", TEXT)
                    .with("upToSeq", COUNT, "The newest message that it covers; all before it are covered too.")
                    .with("at", TIME));

    static final Shape RECEIPTS =
            Shape.empty().with("delivered", new ListOf(RECEIPT)).with("read", new ListOf(RECEIPT));

    static final Named PRESENCE = new Named(
            "Presence",
            "Whether a user is here.",
            Shape.empty()
                    .with("userId", TEXT)
                    .with("status", PRESENCE_STATUS)
                    .maybe("lastSeenAt", TIME, "When the user was here last, if that is known and past."));

    /** A page of what happened in a conversation. */
    static final Shape CATCH_UP = Shape.empty()
            .with("conversationId", TEXT)
            .with("messages", new ListOf(MESSAGE), "New and changed ones in their latest state, deleted ones too.")
            .with("receipts", RECEIPTS)
            .with("covered", POSITION, "How far the client has come with these.")
            .with("hasMore", FLAG)
            .with("epoch", TEXT);

    static final Shape REFUSAL = Shape.empty()
            .with("error", TEXT, "A short English text that a user may see.")
            .with("code", ERROR_CODE)
            .with("retryable", FLAG, "Whether the same request may succeed later.")
            .maybe("retryAfterMs", COUNT)
            .maybe("field", TEXT, "Which field is at fault.")
            .maybe("conversationId", TEXT)
            .maybe("clientMessageId", TEXT);

    static final Named FAILURE = new Named(
            "Failure",
            "The answer to a request that failed.",
            Shape.empty().with("success", Scalar.constant(BooleanNode.FALSE)).and(REFUSAL));

    static final Named CONNECT_ERROR = new Named(
            "ConnectErrorData",
            "What the error of connect_error has as its data.",
            Shape.empty()
                    .with("code", ERROR_CODE)
                    .with("retryable", FLAG)
                    .maybe("field", TEXT, "Which part of the handshake cannot be read."));

    static final Shape DENIAL = Shape.empty().with("message", TEXT).with("data", CONNECT_ERROR);

    static final Named HANDSHAKE = new Named(
            "Handshake",
            "What a client says as it connects; the auth option of its socket. All the rooms of a session fit in it."
                    + " A larger one is refused with connect_error and the code payload_too_large.",
            Shape.empty()
                    .maybe("token", TEXT, "The proof of who the user is, for the server's authenticator.")
                    .maybe(
                            "resume",
                            Shape.empty().maybe("epoch", TEXT).with("rooms", new MapOf(POSITION)),
                            "The rooms to be put back into, and how far the client has come in each. What cannot be"
                                    + " used of it is left aside. null and an empty text count as absent.")
                    .maybe("features", new ListOf(FEATURE)));

    private Shapes() {}

    static Shape attachment() {
        return Shape.empty()
                .maybe("fileUrl", TEXT, "Required with the name, the size or the type of a file.")
                .maybe("fileName", TEXT)
                .maybe("fileSize", COUNT, "In bytes.")
                .maybe("mimeType", TEXT);
    }

    /** What a success answers, which begins with the word that it is one. */
    static Shape success() {
        return Shape.empty().with("success", Scalar.constant(BooleanNode.TRUE));
    }

    private static Named errorCodes() {
        Shape codes = Stream.of(ErrorCode.values())
                .reduce(
                        Shape.empty(),
                        (shape, code) -> shape.with(code.wireName(), properties(code), code.text() + "."),
                        Shape::and);
        return new Named(
                "ErrorCodes", "What goes with each error code: its HTTP status, and whether to try again.", codes);
    }

    private static Shape properties(ErrorCode code) {
        return Shape.empty()
                .with("httpStatus", Scalar.constant(LongNode.valueOf(code.httpStatus())))
                .with("retryable", Scalar.constant(BooleanNode.valueOf(code.retryable())));
    }

    /** All that have a name of their own. */
    static List<Named> all() {
        return new ArrayList<>(List.of(
                ERROR_CODE,
                errorCodes(),
                FAILURE,
                CONNECT_ERROR,
                HANDSHAKE,
                FEATURE,
                POSITION,
                MESSAGE_TYPE,
                REACTION,
                REACTIONS,
                MESSAGE,
                MESSAGE_PREVIEW,
                CONVERSATION_KIND,
                ROLE,
                MEMBER,
                CONVERSATION,
                LISTED_CONVERSATION,
                RECEIPT,
                PRESENCE_STATUS,
                PRESENCE,
                SYNC_REASON));
    }
}
