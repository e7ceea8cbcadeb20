package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes over one database. */
abstract class MultiNodeContract extends StoreCase {
    private ChatStore other;

    MultiNodeContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void openOtherNode() {
        needs(StoreHarness.Capability.MULTI_NODE);
        other = harness.openAnotherNode();
    }

    @Test
    void nodes_share_the_epoch() {
        assertThat(other.epoch()).isEqualTo(store.epoch());
    }

    @Test
    void nodes_share_the_key_of_their_cluster() {
        assertThat(other.clusterKey().orElseThrow())
                .hasSize(32)
                .isEqualTo(store.clusterKey().orElseThrow());
    }

    @Test
    void key_cannot_be_changed_by_its_reader() {
        byte[] key = store.clusterKey().orElseThrow();
        key[0]++;

        assertThat(store.clusterKey().orElseThrow()).isNotEqualTo(key);
    }

    @Test
    void noted_heads_leave_no_gap() {
        fill("c", 1);
        other.append(Drafts.texts("c", "bob", 5));
        store.noteHead("c", 6);
        store.noteHead("unknown", 7);
        store.noteHead("c", 3);

        assertThat(seqs(fill("c", 2))).containsExactly(7L, 8L);
        assertThat(seqs(fill("unknown", 1))).containsExactly(1L);
    }

    @Test
    void nodes_in_turn_leave_no_gap() {
        for (int i = 0; i < 10; i++) {
            ChatStore turn = i % 2 == 0 ? store : other;
            assertThat(storedIn(appendBy(turn, Drafts.text("c", "alice", "hello")))
                            .seq())
                    .isEqualTo(i + 1);
        }
    }

    @Test
    void stale_node_is_corrected_within_a_batch() {
        fill("c", 1);
        other.append(Drafts.texts("c", "bob", 5));

        assertThat(seqs(fill("c", 3))).containsExactly(7L, 8L, 9L);
    }

    @Test
    void stale_node_answers_the_other_nodes_message() {
        fill("c", 1);
        AppendResult first = appendBy(other, Drafts.keyed("c", "alice", "k", "hello"));

        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", "k", "hello"))))
                .isEqualTo(storedIn(first));
    }

    @Test
    void stale_node_stores_the_rest_of_a_batch() {
        fill("c", 1);
        other.append(Drafts.texts("c", "bob", 2));

        List<AppendResult> results = store.append(List.of(
                Drafts.text("d", "alice", "before"),
                Drafts.text("c", "alice", "stale"),
                Drafts.text("e", "alice", "after")));

        assertThat(seqs(results.stream().map(StoreCase::storedIn).toList())).containsExactly(1L, 4L, 1L);
    }

    @Test
    void new_node_continues_the_history() {
        fill("c", 3);

        assertThat(storedIn(appendBy(other, Drafts.text("c", "bob", "hello"))).seq())
                .isEqualTo(4);
    }

    @Test
    void same_key_sent_to_both_nodes_at_once_is_one_message() {
        CyclicBarrier start = new CyclicBarrier(2);
        try (Workers workers = new Workers(2)) {
            for (int i = 0; i < 20; i++) {
                String key = "k" + i;
                List<Future<AppendResult>> sends = Stream.of(store, other)
                        .map(node -> workers.call(() -> {
                            start.await();
                            return appendBy(node, Drafts.keyed("c", "alice", key, "hello"));
                        }))
                        .toList();
                assertThat(sends.stream().map(Workers::result))
                        .hasAtLeastOneElementOfType(AppendResult.Stored.class)
                        .hasAtLeastOneElementOfType(AppendResult.Duplicate.class);
            }
        }

        assertThat(seqs(allOf("c"))).isEqualTo(oneTo(20));
    }

    @Test
    void four_nodes_in_one_conversation_leave_no_gap() {
        writeFromFourNodes(List.of("c"), 25);

        assertThat(seqs(allOf("c"))).isEqualTo(oneTo(100));
    }

    @Test
    void four_nodes_in_ten_conversations_leave_no_gap() {
        List<String> conversations =
                IntStream.range(0, 10).mapToObj(i -> "c" + i).toList();
        writeFromFourNodes(conversations, 50);

        int total = 0;
        for (String conversationId : conversations) {
            List<Long> seqs = seqs(allOf(conversationId));
            assertThat(seqs).isEqualTo(oneTo(seqs.size()));
            total += seqs.size();
        }
        assertThat(total).isEqualTo(200);
    }

    private void writeFromFourNodes(List<String> conversations, int countPerNode) {
        List<ChatStore> nodes = List.of(store, other, harness.openAnotherNode(), harness.openAnotherNode());
        try (Workers workers = new Workers(nodes.size())) {
            List<Future<?>> writers = new ArrayList<>();
            for (ChatStore node : nodes) {
                writers.add(workers.submit(() -> write(node, conversations, countPerNode)));
            }
            writers.forEach(Workers::result);
        }
    }

    private static void write(ChatStore node, List<String> conversations, int count) {
        for (int i = 0; i < count; i++) {
            String conversationId = conversations.get(i % conversations.size());
            storedIn(appendBy(node, Drafts.text(conversationId, "alice", "hello")));
        }
    }

    @Test
    void direct_conversation_made_by_both_nodes_at_once_is_one() {
        CyclicBarrier start = new CyclicBarrier(2);
        try (Workers workers = new Workers(2)) {
            var made = Stream.of(store, other)
                    .map(node -> workers.call(() -> {
                        start.await();
                        return node.create(NewConversation.direct("alice", "bob"));
                    }))
                    .toList();

            assertThat(made.stream()
                            .map(Workers::result)
                            .map(found -> found.createdAt())
                            .distinct())
                    .hasSize(1);
        }

        String conversationId = NewConversation.direct("bob", "alice").conversationId();
        assertThat(store.conversation(conversationId).orElseThrow().members()).hasSize(2);
    }

    @Test
    void member_removed_by_one_node_is_none_for_the_other() {
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        assertThat(other.isMember("g", "bob")).isTrue();

        store.removeMember("g", "bob");

        assertThat(other.isMember("g", "bob")).isFalse();
    }

    @Test
    void changes_of_a_conversation_by_one_node_are_visible_on_the_other() {
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        assertThat(other.conversation("g")).isEqualTo(store.conversation("g"));

        store.update(new ConversationUpdate("g", "Other", "{}", Drafts.now()));
        store.changeRole("g", "bob", Role.ADMIN);
        store.addMembers("g", Set.of("carol"));

        assertThat(other.conversation("g")).isEqualTo(store.conversation("g"));
        assertThat(other.member("g", "bob").orElseThrow().role()).isEqualTo(Role.ADMIN);
        assertThat(other.conversations(new ConversationQuery("carol", null, 10)))
                .singleElement()
                .returns("Other", Conversation::title);
    }

    @Test
    void receipts_of_one_node_are_known_to_the_other() {
        fill("c", 3);
        Receipt mark = Receipt.delivered("c", "bob", 3, Drafts.now());
        store.mark(List.of(mark));

        assertThat(StoredReceipts.of(other, "c")).containsExactly(mark);
        other.mark(List.of(Receipt.delivered("c", "bob", 2, Drafts.now())));
        assertThat(StoredReceipts.of(store, "c")).containsExactly(mark);
    }

    private static AppendResult appendBy(ChatStore node, MessageDraft draft) {
        return node.append(List.of(draft)).get(0);
    }
}
