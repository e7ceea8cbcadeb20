package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.ANY_OBJECT;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import java.util.List;

/** The contract of the users in the host's directory, and of the devices of users. */
final class UserContract {
    private static final Named USER_PROFILE = new Named(
            "UserProfile",
            "What users see of a user.",
            Shape.empty()
                    .with("userId", TEXT)
                    .maybe("name", TEXT, "Up to 255 UTF-16 units.")
                    .maybe("avatarUrl", TEXT, "An http or https URL of a picture.")
                    .maybe("metadata", ANY_OBJECT));

    private static final Named QUIET_HOURS = new Named(
            "QuietHours",
            "The hours of each day in which a device should not disturb.",
            Shape.empty()
                    .with("from", Scalar.textLike("22:00"), "The local time at which they begin, such as 22:00.")
                    .with(
                            "to",
                            Scalar.textLike("07:00"),
                            "The local time at which they end; the next day if it is not later.")
                    .with("timeZone", Scalar.textLike("Europe/Berlin"), "An IANA time zone, such as Europe/Berlin."));

    static final List<Named> TYPES = List.of(USER_PROFILE, QUIET_HOURS);

    static final List<Request> REQUESTS = List.of(getUsers(), registerDevice(), unregisterDevice());

    static final List<Notice> NOTICES = List.of(Notice.of(
            "userUpdated",
            "A user has another name or picture. A client that may see more than others requests the user again.",
            Shape.empty().with("user", USER_PROFILE)));

    private UserContract() {}

    private static Request getUsers() {
        return Request.of(
                "getUsers",
                "Returns the names and pictures of users.",
                Shape.empty().with("userIds", new ListOf(TEXT), "At least one and at most 100."),
                success().with("users", new ListOf(USER_PROFILE), "Without those that the server does not know."));
    }

    private static Request registerDevice() {
        return Request.of(
                "registerDevice",
                "Registers a device on which the user receives push notifications, at each start of the application.",
                Shape.empty()
                        .with("platform", TEXT, "A key of session.push, such as web.")
                        .with("token", TEXT, "What the push service knows the device by; of web the endpoint's URL.")
                        .maybe("keys", new MapOf(TEXT), "The keys of the device; of web p256dh and auth.")
                        .maybe("quiet", QUIET_HOURS)
                        .maybe("locale", TEXT, "The language of the device, such as de-AT."),
                success().with("deviceId", TEXT, "Always the same for a token."));
    }

    private static Request unregisterDevice() {
        return Request.of(
                "unregisterDevice",
                "Removes a device of the user; succeeds if there is none.",
                Shape.empty().with("token", TEXT),
                success());
    }
}
