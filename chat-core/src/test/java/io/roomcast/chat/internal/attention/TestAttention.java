package io.roomcast.chat.internal.attention;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.spi.AttentionStore;
import io.roomcast.chat.time.VirtualTime;

/** Creates parts of the package for tests of other packages. */
public final class TestAttention {
    private TestAttention() {}

    /** Returns an empty cache of settings. */
    public static UserSettingsCache settings(AttentionStore store, ConversationLanes lanes, VirtualTime time) {
        return new UserSettingsCache(store, lanes, time.clock());
    }
}
