package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What outlives the process. */
abstract class RestartContract extends StoreCase {
    RestartContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void needsRestart() {
        needs(StoreHarness.Capability.RESTART);
    }

    @Test
    void acknowledged_messages_outlive_a_restart() {
        List<Message> stored = fill("c", 20);
        restart();

        assertThat(allOf("c")).isEqualTo(stored);
    }

    @Test
    void sequence_continues_after_a_restart() {
        fill("c", 3);
        restart();

        assertThat(seqs(fill("c", 2))).containsExactly(4L, 5L);
    }

    @Test
    void key_is_remembered_after_a_restart() {
        Message stored = stored(Drafts.keyed("c", "alice", "k", "hello"));
        restart();

        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", "k", "hello"))))
                .isEqualTo(stored);
    }

    @Test
    void epoch_outlives_a_restart() {
        String epoch = store.epoch();
        restart();

        assertThat(store.epoch()).isEqualTo(epoch);
    }

    @Test
    void conversations_and_members_outlive_a_restart() {
        Conversation group = store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        restart();

        assertThat(store.conversation("g")).contains(group);
        assertThat(store.isMember("g", "bob")).isTrue();
    }

    private void restart() {
        harness.restart();
        store = harness.open();
    }
}
