package io.roomcast.chat.socketio.metrics;

import io.roomcast.chat.model.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds a meter for success and one for each error code, created when first used. Safe for use by any thread. */
final class ByOutcome<M> {
    private static final String SUCCESS = "ok";

    private final Map<String, M> meters = new ConcurrentHashMap<>();
    private final Function<String, M> factory;

    /** Creates meters with the given function, which receives the name of the outcome. */
    ByOutcome(Function<String, M> factory) {
        this.factory = factory;
    }

    /** Returns the meter of an error code, or that of success for null. */
    M of(@Nullable ErrorCode refusal) {
        return meters.computeIfAbsent(refusal == null ? SUCCESS : refusal.wireName(), factory);
    }
}
