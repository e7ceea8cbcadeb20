package io.roomcast.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The draft that a change of preferences replaces. Immutable.
 *
 * @param at {@link Draft#at()} of that draft, or null if there must be none
 */
public record ReplacedDraft(@Nullable Instant at) {
    /** Returns whether this is the given draft; null stands for none. */
    public boolean matches(@Nullable Draft draft) {
        return draft == null ? at == null : draft.at().equals(at);
    }
}
