package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.ANY;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import java.util.List;

/** The contract of events of the application's own. */
final class CustomEventContract {
    static final List<Request> REQUESTS = List.of(Request.of(
            "sendEvent",
            "Sends an event of the application's own to the other connections in the room. Nothing is stored.",
            IN_CONVERSATION
                    .maybe("userId", TEXT, Shapes.AUTHOR)
                    .with("name", TEXT, "1 to 64 letters, digits, dots, hyphens and underscores.")
                    .maybe("data", ANY, "At most 4,096 UTF-16 units as JSON.")
                    .maybe("toUserIds", new ListOf(TEXT), "The users who receive it, 1 to 50; all if absent."),
            success()));

    static final List<Notice> NOTICES = List.of(Notice.of(
            "customEvent",
            "An event of the application's own, of a user or of the server's host.",
            Shape.empty()
                    .maybe("conversationId", TEXT, "Absent if the host sent it to users.")
                    .maybe("userId", TEXT, "Absent if the host sent it.")
                    .with("name", TEXT)
                    .maybe("data", ANY)
                    .with("at", TIME)));

    private CustomEventContract() {}
}
