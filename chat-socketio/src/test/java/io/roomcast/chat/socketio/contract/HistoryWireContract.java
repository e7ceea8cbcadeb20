package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import io.roomcast.chat.event.SyncRequired;
import java.util.List;

/** The contract of history, and of the messages and changes that a client missed. */
final class HistoryWireContract {
    private static final Named SYNC_REASON = new Named(
            "SyncReason",
            "Why the client must synchronize.",
            Choice.of(SyncRequired.Reason.values(), SyncRequired.Reason::wireName));

    private static final ListOf MESSAGES = new ListOf(MessageContract.MESSAGE);

    private static final Shape CATCH_UP = IN_CONVERSATION
            .with("messages", MESSAGES, "New and changed ones in their latest state, deleted ones included.")
            .with("receipts", ReceiptWireContract.RECEIPTS)
            .with("covered", Shapes.POSITION, "The client's position after this page.")
            .with("hasMore", FLAG)
            .with("epoch", TEXT);

    static final List<Named> TYPES = List.of(SYNC_REASON);

    static final List<Request> REQUESTS = List.of(
            Request.of("getMessages", "Returns a page of messages.", pageToGet(), page()),
            Request.of(
                    "getMessage",
                    "Returns one message, for example the one that another replies to.",
                    IN_CONVERSATION.with("messageId", TEXT),
                    success().with("message", MessageContract.MESSAGE, "Without its content if it was deleted.")),
            Request.of(
                    "getPins",
                    "Returns the pinned messages.",
                    IN_CONVERSATION,
                    success().with("messages", MESSAGES, "The most recently pinned first.")),
            Request.of(
                    "syncRoom",
                    "Returns the messages and changes after a position.",
                    IN_CONVERSATION
                            .maybe("after", Shapes.POSITION, "The start of the conversation if absent.")
                            .with("epoch", TEXT)
                            .maybe("limit", COUNT),
                    success().and(CATCH_UP)));

    static final List<Notice> NOTICES = List.of(
            Notice.of("roomSync", "A page of the messages and changes that the client missed in a room.", CATCH_UP),
            Notice.of(
                    "syncRequired",
                    "The client missed events and must request them.",
                    Shape.empty()
                            .maybe("conversationId", TEXT, "The conversation; absent for all.")
                            .with("reason", SYNC_REASON)
                            .maybe("error", TEXT, "Why the server did not rejoin the room.")
                            .maybe("code", Shapes.ERROR_CODE, "Present with error.")
                            .maybe("retryable", FLAG, "Present with error.")
                            .maybe("retryAfterMs", COUNT, "Present with error; 0 if no time is known.")
                            .maybe("field", TEXT, "The invalid field.")));

    private HistoryWireContract() {}

    private static Shape pageToGet() {
        return IN_CONVERSATION
                .maybe("before", COUNT, "A seq; at most one of before, after and around.")
                .maybe("after", COUNT)
                .maybe("around", Either.of(COUNT, TEXT), "A seq, or the id of a message.")
                .maybe("limit", COUNT);
    }

    private static Shape page() {
        return success()
                .with("messages", MESSAGES, "Ascending by seq.")
                .with("hasMore", FLAG)
                .with("latestSeq", COUNT)
                .with("version", COUNT)
                .with("epoch", TEXT);
    }
}
