package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.ANY_OBJECT;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import java.util.List;

/** The contract of the users in the host's directory. */
final class UserContract {
    private static final Named USER_PROFILE = new Named(
            "UserProfile",
            "What users see of a user.",
            Shape.empty()
                    .with("userId", TEXT)
                    .maybe("name", TEXT, "Up to 255 UTF-16 units.")
                    .maybe("avatarUrl", TEXT, "An http or https URL of a picture.")
                    .maybe("metadata", ANY_OBJECT));

    static final List<Named> TYPES = List.of(USER_PROFILE);

    static final List<Request> REQUESTS = List.of(Request.of(
            "getUsers",
            "Returns the names and pictures of users.",
            Shape.empty().with("userIds", new ListOf(TEXT), "At least one and at most 100."),
            success().with("users", new ListOf(USER_PROFILE), "Without those that the server does not know.")));

    static final List<Notice> NOTICES = List.of(Notice.of(
            "userUpdated",
            "A user has another name or picture. A client that may see more than others requests the user again.",
            Shape.empty().with("user", USER_PROFILE)));

    private UserContract() {}
}
