package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.CURSOR;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import java.util.List;

/** The contract of receipts and unread counts. */
final class ReceiptWireContract {
    private static final Named RECEIPT = new Named(
            "Receipt",
            "The last message that a user received or read in a conversation.",
            IN_CONVERSATION
                    .with("userId", TEXT)
                    .with("upToSeq", COUNT, "The seq of that message; all earlier ones are included.")
                    .with("at", TIME));

    static final Shape RECEIPTS = Shape.empty()
            .with("delivered", new ListOf(RECEIPT))
            .with("read", new ListOf(RECEIPT))
            .maybe("next", CURSOR, "The cursor of the next page, for getReceipts; absent on the last page.");

    private static final Shape UP_TO = IN_CONVERSATION.with("upToSeq", COUNT);

    static final List<Named> TYPES = List.of(RECEIPT);

    static final List<Request> REQUESTS = List.of(
            Request.of(
                    "markDelivered",
                    "Records that a device of the user has received the messages up to a seq.",
                    Either.of(UP_TO, Shape.empty().with("items", new ListOf(UP_TO), "At most 100.")),
                    Either.of(
                            success().with("upToSeq", COUNT),
                            success().with("items", new ListOf(UP_TO), "Present for two items or more."))),
            Request.of(
                    "markRead",
                    "Records that the user has read the messages up to a seq.",
                    UP_TO,
                    success().with("upToSeq", COUNT).with("unread", COUNT)),
            Request.of(
                    "getReceipts",
                    "Returns a page of the receipts, by user.",
                    IN_CONVERSATION
                            .maybe("cursor", CURSOR, "The next of the previous page; the first page if absent.")
                            .maybe("limit", COUNT, "The number of users; at most 1,000, which is the default."),
                    success().and(RECEIPTS)));

    static final List<Notice> NOTICES = List.of(
            Notice.of("messagesDelivered", "A device of a user received messages.", RECEIPT),
            Notice.of("messagesRead", "A user read messages.", RECEIPT),
            Notice.of(
                    "unreadChanged",
                    "The user's number of unread messages changed.",
                    IN_CONVERSATION
                            .with("unread", COUNT)
                            .with("readSeq", COUNT)
                            .with("latestSeq", COUNT)
                            .with("unreadMentions", COUNT, "The unread messages that mention the user or all members.")
                            .maybe(
                                    "lastMessage",
                                    ConversationWireContract.MESSAGE_PREVIEW,
                                    "The newest message; absent if the user has read messages.")));

    private ReceiptWireContract() {}
}
