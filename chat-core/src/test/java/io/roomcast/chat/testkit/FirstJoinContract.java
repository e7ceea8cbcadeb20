package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.spi.ChatStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The position at which each user joined an open conversation first. */
abstract class FirstJoinContract extends StoreCase {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    FirstJoinContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void createGroup() {
        createGroup("g");
        fill("g", 10);
    }

    private void createGroup(String conversationId) {
        store.create(NewConversation.group(conversationId, "Group", List.of("alice", "bob")));
    }

    @Test
    void earliest_join_counts() {
        mark(Receipt.joined("g", "bob", 5, T));
        mark(Receipt.joined("g", "bob", 7, T), Receipt.joined("g", "bob", 6, T));
        assertThat(store.receiptsOf("bob", List.of("g"))).containsExactly(Receipt.joined("g", "bob", 5, T));

        mark(Receipt.joined("g", "bob", 4, T.plusMillis(2)), Receipt.joined("g", "bob", 8, T));
        mark(Receipt.joined("g", "bob", 4, T.plusMillis(1)));

        assertThat(store.receiptsOf("bob", List.of("g")))
                .extracting(Receipt::kind, Receipt::upToSeq)
                .containsExactly(tuple(Kind.JOINED, 4L));
    }

    @Test
    void join_is_neither_read_nor_delivered_and_remains_after_both() {
        mark(Receipt.joined("g", "bob", 5, T));
        assertThat(store.receiptsOf("bob", List.of("g"))).containsExactly(Receipt.joined("g", "bob", 5, T));

        mark(Receipt.delivered("g", "bob", 6, T), Receipt.read("g", "bob", 3, T), Receipt.joined("g", "bob", 9, T));

        assertThat(StoredReceipts.of(store, "g"))
                .containsExactlyInAnyOrder(
                        Receipt.joined("g", "bob", 5, T),
                        Receipt.read("g", "bob", 3, T),
                        Receipt.delivered("g", "bob", 6, T));
    }

    @Test
    void join_of_an_unknown_conversation_does_not_create_it() {
        mark(Receipt.joined("new", "bob", 0, T));

        assertThat(store.conversation("new")).isEmpty();
        assertThat(store.kinds(List.of("new")).existing()).isEmpty();
        assertThat(store.position("new")).isEqualTo(Position.START);
        createGroup("new");
        assertThat(store.isMember("new", "alice")).isTrue();
        assertThat(store.receiptsOf("bob", List.of("new"))).containsExactly(Receipt.joined("new", "bob", 0, T));
    }

    @Test
    void users_who_have_only_joined_are_on_the_pages() {
        mark(
                Receipt.joined("g", "alice", 0, T),
                Receipt.delivered("g", "bob", 2, T),
                Receipt.joined("g", "carol", 1, T));

        assertThat(store.receipts(ReceiptQuery.first("g", 2)))
                .containsExactly(Receipt.joined("g", "alice", 0, T), Receipt.delivered("g", "bob", 2, T));
        assertThat(store.receipts(List.of("g"), 1)).containsExactly(Receipt.joined("g", "alice", 0, T));
        assertThat(store.receipts(new ReceiptQuery("g", "bob", 5))).containsExactly(Receipt.joined("g", "carol", 1, T));
    }

    @Test
    void joins_made_by_several_nodes_end_at_the_earliest() {
        needs(StoreHarness.Capability.MULTI_NODE);
        List<ChatStore> nodes = List.of(store, harness.openAnotherNode());
        try (Workers workers = new Workers(4)) {
            List<Future<?>> joins = IntStream.range(0, 40)
                    .<Future<?>>mapToObj(i -> workers.submit(() ->
                            nodes.get(i % nodes.size()).mark(List.of(Receipt.joined("g", "bob", 1 + i * 7 % 10, T)))))
                    .toList();
            joins.forEach(Workers::result);
        }

        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.receiptsOf("bob", List.of("g")))
                        .containsExactly(Receipt.joined("g", "bob", 1, T)));
    }

    private void mark(Receipt... receipts) {
        store.mark(List.of(receipts));
    }
}
