package io.roomcast.chat.internal.join;

import io.roomcast.chat.model.CallSummary;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls of conversations, for the users who join their rooms. Safe for use by any thread.
 *
 * @param read reads the calls of some conversations, by conversation; may block for the store
 * @param current returns the call of a conversation now, from memory, or null if it has none; its second argument is the call
 *     that was read a moment ago, or null
 */
public record RoomCalls(
        Function<Collection<String>, Map<String, CallSummary>> read,
        BiFunction<String, @Nullable CallSummary, @Nullable CallSummary> current) {
    /** Knows no calls. */
    public static final RoomCalls NONE = new RoomCalls(conversationIds -> Map.of(), (conversationId, read) -> null);
}
