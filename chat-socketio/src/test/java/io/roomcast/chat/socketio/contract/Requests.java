package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.ANY_OBJECT;
import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.CURSOR;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import java.util.stream.Stream;

/** All that a client may ask. */
final class Requests {
    private static final String SPEAKER = "Needed where the server has no authenticator; else the user, or absent.";

    private static final ListOf TEXTS = new ListOf(TEXT);
    private static final ListOf MESSAGES = new ListOf(Shapes.MESSAGE);
    private static final Shape IN_CONVERSATION = Shape.empty().with("conversationId", TEXT);
    private static final Shape ON_MESSAGE = IN_CONVERSATION.with("messageId", TEXT);
    private static final Shape UP_TO = IN_CONVERSATION.with("upToSeq", COUNT);
    private static final Shape BY_SPEAKER = IN_CONVERSATION.maybe("userId", TEXT, SPEAKER);
    private static final Shape OF_USERS = Shape.empty().with("userIds", TEXTS, "At least one and at most 200.");
    private static final Shape REACTED =
            success().with("reactions", Shapes.REACTIONS).with("version", COUNT);
    private static final Shape ONE_CONVERSATION = success().with("conversation", Shapes.CONVERSATION);
    private static final Shape SOME_PRESENCE = success().with("presence", new ListOf(Shapes.PRESENCE));

    private Requests() {}

    static List<Request> all() {
        return Stream.of(rooms(), messages(), history(), receipts(), conversations(), presence())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Request> rooms() {
        return List.of(
                Request.of("joinRoom", "Listens to a conversation from now on.", toJoin(), joined()),
                Request.of(
                        "joinRooms",
                        "Listens to several conversations from now on, with one answer for all.",
                        Shape.empty().with("rooms", new ListOf(toJoin()), "At most limits.roomsPerSession."),
                        success().with("rooms", new ListOf(Either.of(joined(), notJoined())), "In the same order.")),
                Request.of(
                        "leaveRoom",
                        "Listens no longer.",
                        Either.of(TEXT, IN_CONVERSATION),
                        success().and(IN_CONVERSATION)),
                Request.of("typing", "Tells the others that the user is typing.", BY_SPEAKER, typing()),
                Request.of("stopTyping", "Tells the others that the user stopped typing.", BY_SPEAKER, success()),
                Request.of(
                        "viewing",
                        "Tells the others that the user looks at the room.",
                        Either.of(TEXT, BY_SPEAKER),
                        success().with("viewers", TEXTS, "The ids of the users who look at the room.")),
                Request.of(
                        "stopViewing",
                        "Tells the others that the user looks elsewhere.",
                        Either.of(TEXT, BY_SPEAKER),
                        success()));
    }

    private static Type toJoin() {
        return Either.of(
                TEXT,
                IN_CONVERSATION
                        .maybe("after", Shapes.POSITION, "How far the client has come, to hear what it missed.")
                        .maybe("limit", COUNT));
    }

    private static Shape joined() {
        return success()
                .with("conversationId", TEXT)
                .with("epoch", TEXT, "The id of the store's life; positions of another one mean nothing.")
                .with("latestSeq", COUNT)
                .with("version", COUNT)
                .with("readSeq", COUNT)
                .with("unread", COUNT)
                .with("online", COUNT, "The users in the room, this one included.")
                .maybe("messages", MESSAGES, "What was missed after the given position.")
                .maybe("covered", Shapes.POSITION)
                .maybe("hasMore", FLAG);
    }

    private static Shape notJoined() {
        return Shape.empty()
                .with("success", Scalar.constant(BooleanNode.FALSE))
                .with("conversationId", TEXT, "Empty if the entry names none.")
                .with("error", TEXT)
                .with("code", Shapes.ERROR_CODE)
                .with("retryable", FLAG)
                .with("retryAfterMs", COUNT, "0 where no time is known.")
                .maybe("field", TEXT, "The invalid field of this entry.");
    }

    private static Shape typing() {
        return success().with("expiresInMs", COUNT, "How long the user counts as typing.");
    }

    private static List<Request> messages() {
        return List.of(
                Request.of("sendMessage", "Stores a message and tells the room.", toSend(), sent()),
                Request.of(
                        "editMessage",
                        "Gives a message other words.",
                        ON_MESSAGE
                                .with("content", TEXT)
                                .maybe("metadata", ANY_OBJECT)
                                .maybe("expectedVersion", COUNT, "Refused with conflict if it has another by now."),
                        success().with("message", Shapes.MESSAGE)),
                Request.of(
                        "deleteMessage",
                        "Takes a message back.",
                        ON_MESSAGE,
                        success().with("messageId", TEXT).with("seq", COUNT).with("version", COUNT)),
                Request.of("addReaction", "Reacts to a message.", ON_MESSAGE.with("key", TEXT), REACTED),
                Request.of("removeReaction", "Takes a reaction back.", ON_MESSAGE.with("key", TEXT), REACTED));
    }

    private static Shape toSend() {
        return IN_CONVERSATION
                .maybe("senderId", TEXT, SPEAKER)
                .with("content", TEXT, "May be empty where a file or an image speaks for itself.")
                .maybe("type", Choice.of("text", "file", "image"), "Text if absent.")
                .and(Shapes.attachment())
                .maybe("clientMessageId", TEXT, "The idempotency key: a repeat answers the stored message.")
                .maybe("replyTo", TEXT)
                .maybe("mentions", TEXTS, "At most 50.")
                .maybe("metadata", ANY_OBJECT);
    }

    private static Shape sent() {
        return success()
                .with("message", Shapes.MESSAGE)
                .maybe("duplicate", FLAG, "There and true if the message was stored before, under the same key.");
    }

    private static List<Request> history() {
        return List.of(
                Request.of("getMessages", "Reads a page of messages.", pageToGet(), page()),
                Request.of(
                        "syncRoom",
                        "Reads what happened after a position.",
                        IN_CONVERSATION
                                .maybe("after", Shapes.POSITION, "The beginning if absent.")
                                .with("epoch", TEXT)
                                .maybe("limit", COUNT),
                        success().and(Shapes.CATCH_UP)));
    }

    private static Shape pageToGet() {
        return IN_CONVERSATION
                .maybe("before", COUNT, "A seq; at most one of before, after and around.")
                .maybe("after", COUNT)
                .maybe("around", COUNT)
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

    private static List<Request> receipts() {
        Shape upToSeq = success().with("upToSeq", COUNT);
        return List.of(
                Request.of(
                        "markDelivered",
                        "Tells that a device of the user's has the messages up to a place.",
                        Either.of(UP_TO, Shape.empty().with("items", new ListOf(UP_TO), "At most 100.")),
                        Either.of(upToSeq, success().with("items", new ListOf(UP_TO), "There for two items or more."))),
                Request.of(
                        "markRead",
                        "Tells that the user has seen the messages up to a place.",
                        UP_TO,
                        upToSeq.with("unread", COUNT)),
                Request.of(
                        "getReceipts",
                        "Reads how far everybody has come.",
                        IN_CONVERSATION,
                        success().and(Shapes.RECEIPTS)));
    }

    private static List<Request> conversations() {
        return List.of(
                Request.of("createConversation", "Makes a conversation.", conversationToCreate(), ONE_CONVERSATION),
                Request.of(
                        "updateConversation",
                        "Changes a group's title or metadata.",
                        Either.of(
                                IN_CONVERSATION.with("title", TEXT).maybe("metadata", ANY_OBJECT),
                                IN_CONVERSATION.maybe("title", TEXT).with("metadata", ANY_OBJECT)),
                        ONE_CONVERSATION),
                Request.of(
                        "addMembers",
                        "Makes users members of a group.",
                        IN_CONVERSATION.with("memberIds", TEXTS),
                        ONE_CONVERSATION),
                Request.of(
                        "removeMember",
                        "Ends a membership of a group, perhaps the user's own.",
                        IN_CONVERSATION.with("userId", TEXT),
                        ONE_CONVERSATION),
                Request.of(
                        "getConversations",
                        "Reads a page of the user's conversations, the most lively first.",
                        Shape.empty()
                                .maybe("after", CURSOR, "The next of the page before.")
                                .maybe("limit", COUNT),
                        success()
                                .with("conversations", new ListOf(Shapes.LISTED_CONVERSATION))
                                .maybe("next", CURSOR, "Where the next page begins; absent if this is the last.")));
    }

    private static Type conversationToCreate() {
        return Either.of(
                Shape.empty()
                        .with("kind", Choice.of("direct"))
                        .with("memberIds", TEXTS, "The other user.")
                        .maybe("metadata", ANY_OBJECT),
                Shape.empty()
                        .with("kind", Choice.of("group"))
                        .maybe("conversationId", TEXT)
                        .maybe("title", TEXT)
                        .maybe("memberIds", TEXTS, "The other members.")
                        .maybe("metadata", ANY_OBJECT));
    }

    private static List<Request> presence() {
        return List.of(
                Request.of(
                        "setPresence",
                        "Tells whether the user is at the keyboard.",
                        Shape.empty().with("status", Choice.of("online", "away")),
                        success().with("presence", Shapes.PRESENCE)),
                Request.of("getPresence", "Reads who is here.", OF_USERS, SOME_PRESENCE),
                Request.of("subscribePresence", "Reads who is here, and is told of it on.", OF_USERS, SOME_PRESENCE),
                Request.of(
                        "unsubscribePresence",
                        "Is told of users no longer, and reads who is here.",
                        OF_USERS,
                        SOME_PRESENCE),
                Request.of(
                        "refreshToken",
                        "Proves anew who the user is, before the old proof ends.",
                        Shape.empty().with("token", TEXT),
                        success().maybe("expiresAt", TIME, "Absent if the proof never ends.")));
    }
}
