package io.roomcast.chat.socketio;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What clients are promised of each error code; written down once more, so that a change of the code is noticed. */
final class PromisedErrors {
    private static final Map<String, Promise> PROMISES =
            """
            missing_fields      | 400 | false | Missing required fields
            invalid_payload     | 400 | false | Invalid .+
            invalid_cursor      | 400 | false | Invalid .+
            message_too_long    | 413 | false | Message too long
            payload_too_large   | 413 | false | .+ too large
            unauthenticated     | 401 | false | Authentication error
            token_expired       | 401 | true  | Token expired
            forbidden           | 403 | false | Not allowed
            user_mismatch       | 403 | false | Not allowed
            rejected            | 422 | false | No adverts
            conversation_not_found | 404 | false | Conversation not found
            message_not_found   | 404 | false | .+ not found
            conflict            | 409 | false | .+
            room_limit          | 409 | false | .+
            member_limit        | 409 | false | .+
            reaction_limit      | 409 | false | .+
            subscription_limit  | 409 | false | .+
            edit_window_closed  | 409 | false | .+
            delete_window_closed| 409 | false | .+
            position_lost       | 410 | false | Position lost
            rate_limited        | 429 | true  | Too many requests
            storage_unavailable | 503 | true  | (Message could not be stored)?(Storage is unavailable)?
            unavailable         | 503 | true  | Temporarily unavailable
            server_draining     | 503 | true  | Server restarting
            timeout             | 504 | true  | Timed out
            not_supported       | 501 | false | Not supported
            internal_error      | 500 | true  | Internal error
            """.lines().map(Promise::parse).collect(Collectors.toMap(Promise::code, Function.identity()));

    private PromisedErrors() {}

    /** What is promised of one code; the text is a pattern. */
    record Promise(String code, int status, boolean retryable, String text) {
        private static Promise parse(String line) {
            String[] cells = line.split("\\|");
            return new Promise(
                    cells[0].trim(),
                    Integer.parseInt(cells[1].trim()),
                    Boolean.parseBoolean(cells[2].trim()),
                    cells[3].trim());
        }
    }

    static Promise of(String code) {
        return PROMISES.get(code);
    }
}
