package io.roomcast.chat.internal.join;

import io.roomcast.chat.model.CallSummary;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows the calls of conversations, for the users who join their rooms. Safe for use by any thread. */
public interface RoomCalls {
    /** Knows no calls. */
    RoomCalls NONE = new RoomCalls() {
        @Override
        public Map<String, CallSummary> read(Collection<String> conversationIds) {
            return Map.of();
        }

        @Override
        public @Nullable CallSummary current(String conversationId, @Nullable CallSummary read) {
            return null;
        }
    };

    /** Reads the calls of some conversations, by conversation. May block for the store. */
    Map<String, CallSummary> read(Collection<String> conversationIds);

    /**
     * Returns the call of a conversation now, from memory.
     *
     * @param read the call that was read a moment ago, or null
     */
    @Nullable
    CallSummary current(String conversationId, @Nullable CallSummary read);
}
