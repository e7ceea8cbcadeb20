package io.roomcast.chat.spi;

import io.roomcast.chat.testkit.ChatStoreContract;
import io.roomcast.chat.testkit.StoreHarness;
import java.util.Set;

class InMemoryChatStoreTest extends ChatStoreContract {
    @Override
    protected StoreHarness newHarness() {
        return new InMemory();
    }

    private static final class InMemory implements StoreHarness {
        private final ChatStore store = ChatStore.inMemory();

        @Override
        public ChatStore open() {
            return store;
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
