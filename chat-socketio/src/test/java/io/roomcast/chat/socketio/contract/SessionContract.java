package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import com.fasterxml.jackson.databind.node.LongNode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Limit;
import io.roomcast.chat.socketio.internal.packet.Packets;
import java.util.List;
import java.util.stream.Stream;

/** The contract of the handshake, sessions and tokens. */
final class SessionContract {
    private static final Named FEATURE =
            new Named("Feature", "An optional feature that a client can request.", Choice.of(Packets.MESSAGES_BATCH));

    private static final Named SUPPORT = new Named(
            "Support",
            "An optional part of a server, without which its requests fail with not_supported.",
            Choice.of("users", "files", "push", "calls"));

    private static final Named CONNECT_ERROR = new Named(
            "ConnectErrorData",
            "The data of the error of connect_error.",
            Shape.empty()
                    .with("code", Shapes.ERROR_CODE)
                    .with("retryable", FLAG)
                    .maybe("field", TEXT, "The field of the handshake that cannot be read."));

    static final Shape DENIAL = Shape.empty().with("message", TEXT).with("data", CONNECT_ERROR);

    static final Named HANDSHAKE = new Named(
            "Handshake",
            "The auth option of a client's socket. The maximum size is enough for all rooms of a session. A larger one"
                    + " is refused with connect_error and the code payload_too_large.",
            Shape.empty()
                    .maybe("token", TEXT, "The user's token, for the server's authenticator.")
                    .maybe(
                            "resume",
                            Shape.empty().maybe("epoch", TEXT).with("rooms", new MapOf(Shapes.POSITION)),
                            "The rooms to rejoin, with the client's position in each. Unreadable values are ignored."
                                    + " null and an empty text count as absent.")
                    .maybe("features", new ListOf(FEATURE)));

    static final List<Named> TYPES = List.of(CONNECT_ERROR, HANDSHAKE, FEATURE, SUPPORT);

    static final List<Request> REQUESTS = List.of(Request.of(
            "refreshToken",
            "Replaces the session's token before it expires.",
            Shape.empty().with("token", TEXT),
            success().maybe("expiresAt", TIME, "Absent if the token does not expire.")));

    static final List<Notice> NOTICES = List.of(
            Notice.of("session", "The session has started. The first event of a connection.", started()),
            Notice.of(
                    "tokenExpiring",
                    "The session's token expires soon.",
                    Shape.empty().with("expiresAt", TIME).with("inMs", COUNT)),
            Notice.of(
                    "sessionRevoked",
                    "The server ended the session.",
                    Shape.empty()
                            .with("reason", TEXT, "token_expired, revoked, abuse or too_many_sessions.")
                            .with("reconnect", FLAG, "Whether the client should reconnect immediately.")),
            Notice.of(
                    "serverDraining",
                    "The server will stop soon.",
                    Shape.empty()
                            .with("reconnectInMs", COUNT, "When this client should reconnect.")
                            .with("deadlineMs", COUNT)));

    private SessionContract() {}

    private static Shape started() {
        return Shape.empty()
                .with("protocol", Scalar.constant(LongNode.valueOf(1)))
                .with("sessionId", TEXT)
                .maybe("userId", TEXT)
                .with("epoch", TEXT, Shapes.EPOCH)
                .with("serverTime", TIME)
                .maybe("tokenExpiresAt", TIME)
                .with("resumed", FLAG, "Whether the server rejoins rooms for the client.")
                .with("limits", limits())
                .with("features", new ListOf(FEATURE))
                .with("supports", new ListOf(SUPPORT), "The optional parts that the server was built with.")
                .maybe(
                        "push",
                        new MapOf(new MapOf(TEXT)),
                        "What clients need to register devices, by platform, such as web.applicationServerKey.");
    }

    private static Shape limits() {
        Stream<String> names = Stream.of(Limit.values()).map(Limit::wireName);
        return Stream.concat(names, FixedLimits.ofRequests().keySet().stream())
                .reduce(Shape.empty(), (limits, name) -> limits.with(name, COUNT), Shape::and)
                .with("rates", new MapOf(rate()), "How often a user may send requests, by their kind.");
    }

    private static Shape rate() {
        return Shape.empty()
                .with("perSecond", COUNT, "The sustained rate.")
                .with("burst", COUNT, "The number of requests in a burst.");
    }
}
