package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.ANY;
import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallSignalKind;
import java.util.List;

/** The contract of calls. */
final class CallWireContract {
    private static final Choice MEDIA = Choice.of(CallMedia.values(), CallMedia::wireName);
    private static final Choice KIND = Choice.of(CallSignalKind.values(), CallSignalKind::wireName);
    private static final Shape CALL = Shape.empty().with("callId", TEXT);

    private static final Shape PEER_FIELDS = Shape.empty()
            .with("participantId", TEXT)
            .with("index", COUNT, "1, 2, 3, … in the order of joining. The higher index gives way in a negotiation.")
            .with("userId", TEXT)
            .with("audio", FLAG)
            .with("video", FLAG)
            .with("screen", FLAG)
            .maybe("away", FLAG, "Whether its connection is lost. It leaves 30 s later unless it returns.");

    static final Named PEER = new Named("CallPeer", "A participant of a call: one device of a user.", PEER_FIELDS);

    static final Named SUMMARY = new Named(
            "CallSummary",
            "The call of a conversation.",
            CALL.with("media", MEDIA).with("peers", new ListOf(PEER)).with("startedAt", TIME));

    private static final Named ICE_SERVER = new Named(
            "IceServer",
            "A STUN or TURN server, as RTCPeerConnection takes it.",
            Shape.empty().with("urls", new ListOf(TEXT)).maybe("username", TEXT).maybe("credential", TEXT));

    private static final Shape SIGNAL_FIELDS = Shape.empty()
            .with("n", COUNT, "1, 2, 3, … for each receiver.")
            .with("from", TEXT, "The participant who sent it.")
            .with("kind", KIND)
            .with("data", ANY, "Null for the end of the candidates.");

    private static final Named SIGNAL =
            new Named("CallSignal", "A signal of WebRTC from another participant.", SIGNAL_FIELDS);

    static final List<Named> TYPES = List.of(PEER, SUMMARY, ICE_SERVER, SIGNAL);

    static final List<Request> REQUESTS = List.of(
            Request.of(
                    "startCall",
                    "Starts a call, or joins the one that the conversation has.",
                    IN_CONVERSATION.with("media", MEDIA),
                    entry().maybe("joined", FLAG, "Whether it joined an existing call.")
                            .with("rung", new ListOf(TEXT), "The invited users who are connected.")),
            Request.of("acceptCall", "Answers a call that rings, or joins an active one.", CALL, entry()),
            Request.of("declineCall", "Declines a call that rings, on all devices.", CALL, success()),
            Request.of(
                    "signalCall",
                    "Passes a signal to another participant.",
                    CALL.with("to", TEXT, "The participant who receives it.")
                            .with("kind", KIND)
                            .with(
                                    "data",
                                    ANY,
                                    "At most 32 KiB; of candidates a list of at most 50, null after the last."),
                    success()),
            Request.of(
                    "updateCall",
                    "Reports what this device sends. An absent field keeps its value.",
                    CALL.maybe("audio", FLAG)
                            .maybe("video", FLAG)
                            .maybe("screen", FLAG)
                            .maybe("connected", FLAG, "Whether the device could connect to the others."),
                    success()),
            Request.of(
                    "rejoinCall",
                    "Returns to a call after the connection to the server was lost.",
                    CALL.with("key", TEXT)
                            .maybe("after", COUNT, "The n of the last signal that was received.")
                            .maybe("fresh", FLAG, "Whether the page was loaded again, so that it negotiates anew."),
                    entry().with("signals", new ListOf(SIGNAL), "The missed signals, in order.")
                            .maybe("lost", FLAG, "Whether signals are lost, so that the device negotiates anew.")),
            Request.of(
                    "endCall",
                    "Ends the part of this device in a call.",
                    CALL.maybe("forAll", FLAG, "Ends the call. For who started it, admins and owners."),
                    success().maybe("durationMs", COUNT)),
            Request.of(
                    "getIceServers",
                    "Returns current ICE servers for a participant, before ICE is restarted.",
                    CALL,
                    success().with("iceServers", new ListOf(ICE_SERVER)).maybe("expiresAt", TIME)));

    static final List<Notice> NOTICES = List.of(
            Notice.of(
                    "incomingCall",
                    "A call rings for this user, until callEnded, or for ringMs.",
                    CALL.and(IN_CONVERSATION)
                            .with("from", TEXT)
                            .with("media", MEDIA)
                            .with("expiresAt", TIME)
                            .with("ringMs", COUNT, "How long it still rings.")
                            .with("peers", new ListOf(PEER))),
            Notice.of(
                    "callStarted",
                    "A call was started in the conversation of a room.",
                    CALL.and(IN_CONVERSATION).with("from", TEXT).with("media", MEDIA)),
            Notice.of("callAccepted", "A participant joined, and will send an offer.", CALL.and(PEER_FIELDS)),
            Notice.of(
                    "callUpdated", "A participant sends something else, is away, or returned.", CALL.and(PEER_FIELDS)),
            Notice.of("callDeclined", "An invited user declined.", CALL.with("userId", TEXT)),
            Notice.of("callSignal", "A signal of another participant.", CALL.and(SIGNAL_FIELDS)),
            Notice.of(
                    "callLeft",
                    "A participant left, or this device was removed.",
                    CALL.with("participantId", TEXT)
                            .with("userId", TEXT)
                            .with("reason", Choice.of(CallLeaveReason.values(), CallLeaveReason::wireName))),
            Notice.of(
                    "callEnded",
                    "A call ended, or only its ringing for this user.",
                    CALL.and(IN_CONVERSATION)
                            .with("reason", Choice.of(CallOutcome.values(), CallOutcome::wireName))
                            .maybe("by", TEXT)
                            .maybe("durationMs", COUNT)
                            .maybe("continues", FLAG, "Only the ringing ended; the user may still join the call.")));

    private CallWireContract() {}

    private static Shape entry() {
        return success()
                .and(CALL)
                .and(IN_CONVERSATION)
                .with("media", MEDIA)
                .with("mode", Choice.of("mesh", "sfu"))
                .with("state", Choice.of("ringing", "active"))
                .maybe("ringMs", COUNT, "How long it still rings.")
                .with("participantId", TEXT)
                .with("index", COUNT)
                .with("key", TEXT, "The secret for rejoinCall.")
                .with("peers", new ListOf(PEER), "The others. This device sends an offer to each.")
                .with("iceServers", new ListOf(ICE_SERVER))
                .maybe("iceExpiresAt", TIME)
                .maybe("relayOnly", FLAG, "Whether the device must use iceTransportPolicy relay.")
                .maybe("sfu", sfu(), "The media server, in place of offers to the others.");
    }

    private static Shape sfu() {
        return Shape.empty()
                .with("provider", TEXT)
                .with("url", TEXT)
                .with("token", TEXT)
                .with("expiresAt", TIME);
    }
}
