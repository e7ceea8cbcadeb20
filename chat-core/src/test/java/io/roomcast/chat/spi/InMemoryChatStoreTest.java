package io.roomcast.chat.spi;

import io.roomcast.chat.testkit.ChatStoreContract;
import io.roomcast.chat.testkit.MovableClock;
import io.roomcast.chat.testkit.StoreHarness;
import java.util.Set;

class InMemoryChatStoreTest extends ChatStoreContract {
    @Override
    protected StoreHarness newHarness() {
        return new InMemory();
    }

    private static final class InMemory implements StoreHarness {
        private final MovableClock clock = new MovableClock();
        private final ChatStore store = ChatStore.inMemory(clock);

        @Override
        public ChatStore open() {
            return store;
        }

        @Override
        public MovableClock clock() {
            return clock;
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.CLOCK);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
