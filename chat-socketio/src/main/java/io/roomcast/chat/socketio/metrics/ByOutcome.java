package io.roomcast.chat.socketio.metrics;

import io.roomcast.chat.model.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One meter for success and one for each way to fail, made when it is needed; safe for use by any thread. */
final class ByOutcome<M> {
    private static final String SUCCESS = "ok";

    private final Map<String, M> meters = new ConcurrentHashMap<>();
    private final Function<String, M> maker;

    /** Makes meters of an outcome's name. */
    ByOutcome(Function<String, M> maker) {
        this.maker = maker;
    }

    M of(@Nullable ErrorCode refusal) {
        return meters.computeIfAbsent(refusal == null ? SUCCESS : refusal.wireName(), maker);
    }
}
