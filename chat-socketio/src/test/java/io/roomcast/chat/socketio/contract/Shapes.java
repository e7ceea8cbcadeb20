package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.roomcast.chat.model.ErrorCode;
import java.util.List;
import java.util.stream.Stream;

/** The parts of the contract that several families share, and its failures. */
final class Shapes {
    static final String EPOCH = "The epoch of the server's store. Positions of another epoch are invalid.";
    static final String AUTHOR =
            "Required if the server has no authenticator. Otherwise the authenticated user's id, or absent.";

    static final Named ERROR_CODE = new Named(
            "ErrorCode",
            "Why a request failed. ErrorCodes has the properties of each code.",
            Choice.of(ErrorCode.values(), ErrorCode::wireName));

    static final Named POSITION = new Named(
            "Position",
            "A position in a conversation: its last message and its last change.",
            Shape.empty().with("seq", COUNT).with("version", COUNT));

    static final Shape IN_CONVERSATION = Shape.empty().with("conversationId", TEXT);
    static final Shape USER = IN_CONVERSATION.with("userId", TEXT);

    private static final Shape REFUSAL = Shape.empty()
            .with("error", TEXT, "A short English text that may be shown to users.")
            .with("code", ERROR_CODE)
            .with("retryable", FLAG, "Whether the same request may succeed later.")
            .maybe("retryAfterMs", COUNT)
            .maybe("field", TEXT, "The invalid field.")
            .maybe("latestSeq", COUNT, "The newest seq of the conversation, if ifLatestSeq was another one.")
            .maybe("conversationId", TEXT)
            .maybe("clientMessageId", TEXT);

    static final Named FAILURE = new Named(
            "Failure",
            "The answer to a request that failed.",
            Shape.empty().with("success", Scalar.constant(BooleanNode.FALSE)).and(REFUSAL));

    static final List<Named> TYPES = List.of(ERROR_CODE, errorCodes(), FAILURE, POSITION);

    static final List<Notice> FAILURES = List.of(
            Notice.of(
                    "messageError",
                    "A request without an ack to send, edit or delete a message failed.",
                    REFUSAL.maybe("messageId", TEXT)),
            Notice.of(
                    "chatError",
                    "Another request without an ack failed.",
                    Shape.empty()
                            .with("event", TEXT, "The name of the requested event.")
                            .and(REFUSAL)));

    private Shapes() {}

    /** Returns the first field of every successful answer. */
    static Shape success() {
        return Shape.empty().with("success", Scalar.constant(BooleanNode.TRUE));
    }

    private static Named errorCodes() {
        Shape codes = Stream.of(ErrorCode.values())
                .reduce(
                        Shape.empty(),
                        (shape, code) -> shape.with(code.wireName(), properties(code), code.text() + "."),
                        Shape::and);
        return new Named("ErrorCodes", "The HTTP status of each error code, and whether to retry.", codes);
    }

    private static Shape properties(ErrorCode code) {
        return Shape.empty()
                .with("httpStatus", Scalar.constant(LongNode.valueOf(code.httpStatus())))
                .with("retryable", Scalar.constant(BooleanNode.valueOf(code.retryable())));
    }
}
