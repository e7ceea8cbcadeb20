package io.roomcast.chat.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.testkit.ChatStoreContract;
import io.roomcast.chat.testkit.MovableClock;
import io.roomcast.chat.testkit.StoreHarness;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InMemoryChatStoreTest extends ChatStoreContract {
    @Override
    protected StoreHarness newHarness() {
        return new InMemory();
    }

    @Test
    void each_store_has_a_key_of_its_own() {
        byte[] key = ChatStore.inMemory().clusterKey().orElseThrow();

        assertThat(key)
                .hasSize(32)
                .isNotEqualTo(ChatStore.inMemory().clusterKey().orElseThrow());
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
