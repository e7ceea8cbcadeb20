package io.roomcast.chat.internal.presence;

import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Knows which users hide their presence from others. Safe for use by any thread. */
public interface HiddenPresence {
    /** Returns whether the user hides it, or null if only the store knows; never blocks. */
    @Nullable
    Boolean ifKnown(String userId);

    /**
     * Reads whether the user hides it; never blocks.
     *
     * @param then called on a worker, with true also if the store fails
     */
    void read(String userId, Consumer<Boolean> then);

    /** Returns those of the users who hide it. May block for the store. */
    Set<String> among(Collection<String> userIds);
}
