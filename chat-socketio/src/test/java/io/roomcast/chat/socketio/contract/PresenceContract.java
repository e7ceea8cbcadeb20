package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import io.roomcast.chat.model.Presence.Status;
import java.util.List;

/** The contract of presence. */
final class PresenceContract {
    private static final Named PRESENCE_STATUS =
            new Named("PresenceStatus", "Whether a user is online.", Choice.of(Status.values(), Status::wireName));

    private static final Named PRESENCE = new Named(
            "Presence",
            "The presence of a user.",
            Shape.empty()
                    .with("userId", TEXT)
                    .with("status", PRESENCE_STATUS)
                    .maybe(
                            "lastSeenAt",
                            TIME,
                            "When the user was last online; absent if the user is online or it is unknown."));

    private static final Shape OF_USERS =
            Shape.empty().with("userIds", new ListOf(TEXT), "At least one and at most 200.");
    private static final Shape SOME_PRESENCE = success().with("presence", new ListOf(PRESENCE));

    static final List<Named> TYPES = List.of(PRESENCE_STATUS, PRESENCE);

    static final List<Request> REQUESTS = List.of(
            Request.of(
                    "setPresence",
                    "Sets the user's presence to online or away.",
                    Shape.empty().with("status", Choice.of("online", "away")),
                    success().with("presence", PRESENCE)),
            Request.of("getPresence", "Returns the presence of users.", OF_USERS, SOME_PRESENCE),
            Request.of(
                    "subscribePresence",
                    "Returns the presence of users and subscribes to its changes.",
                    OF_USERS,
                    SOME_PRESENCE),
            Request.of(
                    "unsubscribePresence",
                    "Ends the subscription to the presence of users and returns it.",
                    OF_USERS,
                    SOME_PRESENCE));

    static final List<Notice> NOTICES =
            List.of(Notice.of("presenceChanged", "A user is now online, away or offline.", PRESENCE));

    private PresenceContract() {}
}
