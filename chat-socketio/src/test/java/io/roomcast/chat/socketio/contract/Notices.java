package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;

import com.fasterxml.jackson.databind.node.LongNode;
import io.roomcast.chat.model.Limit;
import java.util.List;
import java.util.stream.Stream;

/** All that a client may be told. */
final class Notices {
    private static final Shape IN_CONVERSATION = Shape.empty().with("conversationId", TEXT);
    private static final Shape SOMEBODY = IN_CONVERSATION.with("userId", TEXT);
    private static final Shape CROWD = SOMEBODY.with("online", COUNT, "The users in the room now.");
    private static final Shape A_MESSAGE = IN_CONVERSATION.with("message", Shapes.MESSAGE);
    private static final String BY = "Who did it; absent for the host.";

    private Notices() {}

    static List<Notice> all() {
        return Stream.of(session(), messages(), changes(), people(), conversations(), failures())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Notice> session() {
        return List.of(
                Notice.of("session", "The session has begun; told first.", started()),
                Notice.of(
                        "tokenExpiring",
                        "The proof of who the user is ends soon.",
                        Shape.empty().with("expiresAt", TIME).with("inMs", COUNT)),
                Notice.of(
                        "sessionRevoked",
                        "The session is over by the server's will.",
                        Shape.empty()
                                .with("reason", TEXT, "token_expired, revoked, abuse or too_many_sessions.")
                                .with("reconnect", FLAG, "Whether to come back at once is of use.")),
                Notice.of(
                        "serverDraining",
                        "The server is about to stop.",
                        Shape.empty()
                                .with("reconnectInMs", COUNT, "When this client does best to come back.")
                                .with("deadlineMs", COUNT)));
    }

    private static Shape started() {
        return Shape.empty()
                .with("protocol", Scalar.constant(LongNode.valueOf(1)))
                .with("sessionId", TEXT)
                .maybe("userId", TEXT)
                .with("epoch", TEXT, "The id of the store's life; positions of another one mean nothing.")
                .with("serverTime", TIME)
                .maybe("tokenExpiresAt", TIME)
                .with("resumed", FLAG, "Whether rooms are joined again for the client.")
                .with("limits", limits())
                .with("features", new ListOf(Shapes.FEATURE));
    }

    private static Shape limits() {
        return Stream.of(Limit.values())
                .map(Limit::wireName)
                .reduce(Shape.empty(), (limits, name) -> limits.with(name, COUNT), Shape::and)
                .with("rates", new MapOf(rate()), "How often a user may ask, by what is asked.");
    }

    private static Shape rate() {
        return Shape.empty()
                .with("perSecond", COUNT, "How often in the long run.")
                .with("burst", COUNT, "How often at once.");
    }

    private static List<Notice> messages() {
        Notice sent = Notice.of("receiveMessage", "A message was stored.", A_MESSAGE);
        return List.of(
                sent,
                Notice.of(
                        "messagesBatch",
                        "Several messages were stored; only for those who take the feature of that name.",
                        new ListOf(sent.payload())),
                Notice.of("roomSync", "What the client missed of a room while it was away.", Shapes.CATCH_UP),
                Notice.of(
                        "syncRequired",
                        "The client missed something and must fetch it.",
                        Shape.empty()
                                .maybe("conversationId", TEXT, "Where; absent for everywhere.")
                                .with("reason", Shapes.SYNC_REASON)));
    }

    private static List<Notice> changes() {
        return List.of(
                Notice.of("messageEdited", "A message has other words.", A_MESSAGE),
                Notice.of(
                        "messageDeleted",
                        "A message was taken back.",
                        IN_CONVERSATION
                                .with("messageId", TEXT)
                                .with("seq", COUNT)
                                .with("version", COUNT)
                                .with("deletedAt", TIME)
                                .with("deletedBy", TEXT)),
                Notice.of(
                        "messageReactions",
                        "Somebody reacted to a message, or took a reaction back.",
                        IN_CONVERSATION
                                .with("messageId", TEXT)
                                .with("version", COUNT)
                                .with("reactions", Shapes.REACTIONS)
                                .with("change", change())),
                Notice.of("messagesDelivered", "A device of a user has more messages.", Shapes.RECEIPT),
                Notice.of("messagesRead", "A user has seen more messages.", Shapes.RECEIPT),
                Notice.of(
                        "unreadChanged",
                        "What the user has left to read has changed.",
                        IN_CONVERSATION
                                .with("unread", COUNT)
                                .with("readSeq", COUNT)
                                .with("latestSeq", COUNT)));
    }

    private static Shape change() {
        return Shape.empty().with("userId", TEXT).with("key", TEXT).with("op", Choice.of("add", "remove"));
    }

    private static List<Notice> people() {
        return List.of(
                Notice.of(
                        "userTyping",
                        "A user is typing.",
                        SOMEBODY.with("expiresInMs", COUNT, "After this time without news the user has stopped.")),
                Notice.of("userStoppedTyping", "A user stopped typing.", SOMEBODY),
                Notice.of("userViewing", "A user looks at a room.", SOMEBODY),
                Notice.of("userStoppedViewing", "A user looks elsewhere.", SOMEBODY),
                Notice.of("userJoined", "A user came into a room.", CROWD),
                Notice.of("userLeft", "A user left a room.", CROWD),
                Notice.of("presenceChanged", "A user came, went, or is away.", Shapes.PRESENCE));
    }

    private static List<Notice> conversations() {
        return List.of(
                Notice.of(
                        "conversationUpdated",
                        "A conversation was made or changed.",
                        IN_CONVERSATION.maybe("by", TEXT, BY).with("conversation", Shapes.CONVERSATION)),
                Notice.of(
                        "memberAdded",
                        "A user became a member.",
                        SOMEBODY.maybe("by", TEXT, BY).with("conversation", Shapes.CONVERSATION)),
                Notice.of("memberRemoved", "A user is no longer a member.", SOMEBODY.maybe("by", TEXT, BY)));
    }

    private static List<Notice> failures() {
        return List.of(
                Notice.of(
                        "messageError",
                        "A message that wanted no ack was not sent, edited or deleted.",
                        Shapes.REFUSAL.maybe("messageId", TEXT)),
                Notice.of(
                        "chatError",
                        "Another request that wanted no ack failed.",
                        Shape.empty().with("event", TEXT, "What was asked.").and(Shapes.REFUSAL)));
    }
}
