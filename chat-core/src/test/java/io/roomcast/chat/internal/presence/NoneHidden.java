package io.roomcast.chat.internal.presence;

import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/** No user hides the presence. */
public final class NoneHidden implements HiddenPresence {
    @Override
    public Boolean ifKnown(String userId) {
        return false;
    }

    @Override
    public void read(String userId, Consumer<Boolean> then) {
        then.accept(false);
    }

    @Override
    public Set<String> among(Collection<String> userIds) {
        return Set.of();
    }
}
