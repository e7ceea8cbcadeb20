package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.USER;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import java.util.List;

/** The contract of typing and viewing. */
final class ActivityContract {
    private static final Shape BY_USER = IN_CONVERSATION.maybe("userId", TEXT, Shapes.AUTHOR);

    static final List<Request> REQUESTS = List.of(
            Request.of(
                    "typing",
                    "Shows to the others in the room that the user is typing.",
                    BY_USER,
                    success().with("expiresInMs", COUNT, "How long the user counts as typing.")),
            Request.of(
                    "stopTyping", "Shows to the others in the room that the user stopped typing.", BY_USER, success()),
            Request.of(
                    "viewing",
                    "Shows to the others in the room that the user views it.",
                    Either.of(TEXT, BY_USER),
                    success().with("viewers", new ListOf(TEXT), "The ids of the users who view the room.")),
            Request.of(
                    "stopViewing",
                    "Shows to the others in the room that the user no longer views it.",
                    Either.of(TEXT, BY_USER),
                    success()));

    static final List<Notice> NOTICES = List.of(
            Notice.of(
                    "userTyping",
                    "A user is typing.",
                    USER.with("expiresInMs", COUNT, "Without another event, the user stops typing after this time.")),
            Notice.of("userStoppedTyping", "A user stopped typing.", USER),
            Notice.of("userViewing", "A user views a room.", USER),
            Notice.of("userStoppedViewing", "A user no longer views a room.", USER));

    private ActivityContract() {}
}
