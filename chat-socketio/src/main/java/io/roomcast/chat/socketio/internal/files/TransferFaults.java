package io.roomcast.chat.socketio.internal.files;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.api.ApiResponses;
import io.roomcast.chat.socketio.internal.channel.LogThrottle;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs transfers that failed because of the store of files, such as on a full disk: at most one in five seconds, and nothing
 * that users wrote. Safe for use by any thread.
 */
final class TransferFaults {
    private static final Logger log = LoggerFactory.getLogger(TransferFaults.class);

    private final LogThrottle throttle = new LogThrottle();

    /** Responds with a failure, and logs it unless the client caused it. */
    void fail(HttpExchange exchange, String transfer, ChatException failure) {
        log(transfer, failure);
        ApiResponses.fail(exchange, failure);
    }

    /** Logs a failure, unless the client caused it. */
    void log(String transfer, ChatException failure) {
        Throwable cause = failure.getCause();
        if (cause != null && throttle.isDue()) {
            log.warn("{} of a file failed with {}: {}", transfer, failure.code(), reason(cause));
        }
    }

    /** Returns what is known of a cause. The message of the host's own code may contain a URL or the name of a file. */
    private static String reason(Throwable cause) {
        return cause instanceof IOException
                ? cause.toString()
                : cause.getClass().getName();
    }
}
