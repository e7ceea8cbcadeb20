package io.roomcast.chat.socketio.internal.api;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.http.RejectionBody;
import io.roomcast.chat.socketio.internal.request.HttpRejection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes the responses to rejected requests as failed acks, with the error code of each reason. */
public final class RejectionJson implements RejectionBody {
    private static final Map<HttpRejection, String> BODIES =
            Stream.of(HttpRejection.values()).collect(toUnmodifiableMap(Function.identity(), RejectionJson::body));

    @Override
    public String json(HttpRejection rejection) {
        return BODIES.getOrDefault(rejection, "");
    }

    private static String body(HttpRejection rejection) {
        ErrorCode code = code(rejection);
        return "{\"success\":false,\"error\":\"" + code.text() + "\",\"code\":\"" + code.wireName()
                + "\",\"retryable\":" + code.retryable() + "}";
    }

    private static ErrorCode code(HttpRejection rejection) {
        return switch (rejection) {
            case MALFORMED -> ErrorCode.INVALID_PAYLOAD;
            case LINE_TOO_LONG, HEADERS_TOO_LARGE, TOO_LARGE -> ErrorCode.PAYLOAD_TOO_LARGE;
            case UNKNOWN_EXPECTATION, UNKNOWN_METHOD, UNKNOWN_PATH, WRONG_METHOD -> ErrorCode.NOT_SUPPORTED;
            case FOREIGN_ORIGIN, FOREIGN_SITE, UNKNOWN_HOST -> ErrorCode.FORBIDDEN;
            case TOO_MANY, TOO_MANY_SESSIONS -> ErrorCode.RATE_LIMITED;
        };
    }
}
