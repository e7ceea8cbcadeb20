package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;

/** The contract of joining and leaving rooms. */
final class RoomContract {
    private static final Shape USER_COUNTED = Shapes.USER.with("online", COUNT, "The number of users in the room now.");

    static final List<Request> REQUESTS = List.of(
            Request.of(
                    "joinRoom",
                    "Joins the room of a conversation, whose events the client then receives.",
                    toJoin(),
                    joined()),
            Request.of(
                    "joinRooms",
                    "Joins several rooms and answers once for all.",
                    Shape.empty().with("rooms", new ListOf(toJoin()), "At most limits.roomsPerSession."),
                    success().with("rooms", new ListOf(Either.of(joined(), notJoined())), "In the same order.")),
            Request.of(
                    "leaveRoom",
                    "Leaves a room.",
                    Either.of(TEXT, IN_CONVERSATION),
                    success().and(IN_CONVERSATION)));

    static final List<Notice> NOTICES = List.of(
            Notice.of("userJoined", "A user joined a room.", USER_COUNTED),
            Notice.of("userLeft", "A user left a room.", USER_COUNTED),
            Notice.of(
                    "roomStats",
                    "The numbers of a large room, in place of events about each user.",
                    IN_CONVERSATION
                            .with("online", COUNT, "The number of users in the room.")
                            .with(
                                    "typing",
                                    COUNT,
                                    "The number of typing users. Repeated within limits.typingTimeoutMs + 2 s while it is"
                                            + " not 0.")
                            .with("large", FLAG, "False in the last one, after which each user's activity is sent.")));

    private RoomContract() {}

    private static Type toJoin() {
        return Either.of(
                TEXT,
                IN_CONVERSATION
                        .maybe("after", Shapes.POSITION, "The client's position, to get the messages that it missed.")
                        .maybe("limit", COUNT));
    }

    private static Shape joined() {
        return success()
                .with("conversationId", TEXT)
                .with("epoch", TEXT, Shapes.EPOCH)
                .with("latestSeq", COUNT)
                .with("version", COUNT)
                .with("readSeq", COUNT)
                .with("unread", COUNT)
                .with("online", COUNT, "The number of users in the room, this one included.")
                .maybe(
                        "large",
                        FLAG,
                        "Whether the room is large: it receives roomStats in place of each user's activity.")
                .maybe("messages", new ListOf(MessageContract.MESSAGE), "The messages after the given position.")
                .maybe("covered", Shapes.POSITION)
                .maybe("hasMore", FLAG)
                .maybe("call", CallWireContract.SUMMARY, "The call that rings or is active.");
    }

    private static Shape notJoined() {
        return Shape.empty()
                .with("success", Scalar.constant(BooleanNode.FALSE))
                .with("conversationId", TEXT, "Empty if the entry names none.")
                .with("error", TEXT)
                .with("code", Shapes.ERROR_CODE)
                .with("retryable", FLAG)
                .with("retryAfterMs", COUNT, "0 if no time is known.")
                .maybe("field", TEXT, "The invalid field of this entry.");
    }
}
