package io.roomcast.chat.internal.port;

import io.roomcast.chat.model.Session;
import java.util.concurrent.CompletionStage;

/** Calls the host's handler of one event. */
@FunctionalInterface
public interface EventFunction {
    /**
     * Calls the handler, which may block.
     *
     * @param payload a JSON value as text
     * @return completes with the ack, a JSON value as text
     * @throws Exception what the handler throws
     */
    CompletionStage<String> call(Session session, String payload) throws Exception;
}
