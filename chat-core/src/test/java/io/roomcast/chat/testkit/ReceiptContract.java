package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.spi.ChatStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The positions up to which users have received and read messages. */
abstract class ReceiptContract extends StoreCase {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MANY = 4_000;

    ReceiptContract(Supplier<StoreHarness> harnesses) {
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
    void positions_are_zero_at_first() {
        assertThat(StoredReceipts.of(store, "g")).isEmpty();
        assertThat(StoredReceipts.of(store, "unknown")).isEmpty();
        assertThat(store.receiptsOf("bob", List.of("g", "unknown"))).isEmpty();
    }

    @Test
    void what_is_read_is_delivered() {
        mark(Receipt.read("g", "bob", 4, T));

        assertThat(StoredReceipts.of(store, "g"))
                .containsExactlyInAnyOrder(Receipt.read("g", "bob", 4, T), Receipt.delivered("g", "bob", 4, T));
    }

    @Test
    void what_is_delivered_is_not_read() {
        mark(Receipt.delivered("g", "bob", 4, T));

        assertThat(StoredReceipts.of(store, "g")).containsExactly(Receipt.delivered("g", "bob", 4, T));
    }

    @Test
    void reader_advances() {
        mark(Receipt.read("g", "bob", 4, T));
        mark(Receipt.read("g", "bob", 6, T.plusMillis(1)));

        assertThat(StoredReceipts.of(store, "g"))
                .containsExactlyInAnyOrder(
                        Receipt.read("g", "bob", 6, T.plusMillis(1)),
                        Receipt.delivered("g", "bob", 6, T.plusMillis(1)));
    }

    @Test
    void positions_never_decrease() {
        mark(Receipt.read("g", "bob", 6, T));
        mark(Receipt.read("g", "bob", 4, T.plusMillis(1)));
        mark(Receipt.delivered("g", "bob", 5, T.plusMillis(2)));

        assertThat(StoredReceipts.of(store, "g"))
                .containsExactlyInAnyOrder(Receipt.read("g", "bob", 6, T), Receipt.delivered("g", "bob", 6, T));
    }

    @Test
    void reaching_the_same_position_again_changes_nothing() {
        mark(Receipt.read("g", "bob", 4, T));
        mark(Receipt.read("g", "bob", 4, T.plusMillis(1)));

        assertThat(StoredReceipts.of(store, "g"))
                .containsExactlyInAnyOrder(Receipt.read("g", "bob", 4, T), Receipt.delivered("g", "bob", 4, T));
    }

    @Test
    void reading_behind_what_is_delivered_leaves_that() {
        mark(Receipt.delivered("g", "bob", 8, T));
        mark(Receipt.read("g", "bob", 4, T.plusMillis(1)));

        assertThat(StoredReceipts.of(store, "g"))
                .containsExactlyInAnyOrder(
                        Receipt.read("g", "bob", 4, T.plusMillis(1)), Receipt.delivered("g", "bob", 8, T));
    }

    @Test
    void furthest_of_a_call_counts() {
        mark(
                Receipt.delivered("g", "bob", 3, T),
                Receipt.read("g", "bob", 5, T.plusMillis(2)),
                Receipt.delivered("g", "bob", 7, T.plusMillis(3)),
                Receipt.read("g", "bob", 2, T.plusMillis(4)));

        assertThat(StoredReceipts.of(store, "g"))
                .containsExactlyInAnyOrder(
                        Receipt.read("g", "bob", 5, T.plusMillis(2)),
                        Receipt.delivered("g", "bob", 7, T.plusMillis(3)));
    }

    @Test
    void several_conversations_are_read_at_once() {
        createGroup("h");
        fill("h", 3);
        mark(Receipt.read("g", "bob", 5, T), Receipt.delivered("h", "alice", 1, T));

        assertThat(store.receipts(List.of("g", "h", "unknown"), 10))
                .containsExactlyInAnyOrder(
                        Receipt.read("g", "bob", 5, T),
                        Receipt.delivered("g", "bob", 5, T),
                        Receipt.delivered("h", "alice", 1, T));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 100})
    void pages_have_each_user_once_and_in_order(int users) {
        List<String> userIds = List.of("B", "a", "a b", "aa", "b", "z", "\u00e9", "\u4e2d");
        userIds.forEach(userId -> mark(Receipt.read("g", userId, 4, T), Receipt.delivered("g", userId, 6, T)));

        List<Receipt> all = StoredReceipts.of(store, "g", users);

        assertThat(all).hasSize(2 * userIds.size()).doesNotHaveDuplicates();
        assertThat(all.stream().map(Receipt::userId).distinct()).containsExactlyElementsOf(userIds);
        assertThat(store.receipts(ReceiptQuery.first("g", users)).stream()
                        .map(Receipt::userId)
                        .distinct())
                .hasSize(Math.min(users, userIds.size()));
    }

    @Test
    void page_begins_after_a_user_who_need_not_have_a_receipt() {
        mark(Receipt.delivered("g", "alice", 1, T), Receipt.delivered("g", "bob", 2, T));

        assertThat(store.receipts(new ReceiptQuery("g", "alice", 5)))
                .containsExactly(Receipt.delivered("g", "bob", 2, T));
        assertThat(store.receipts(new ReceiptQuery("g", "alicf", 5)))
                .containsExactly(Receipt.delivered("g", "bob", 2, T));
        assertThat(store.receipts(new ReceiptQuery("g", "", 1))).containsExactly(Receipt.delivered("g", "alice", 1, T));
        assertThat(store.receipts(new ReceiptQuery("g", "bob", 5))).isEmpty();
    }

    @Test
    void first_pages_of_many_conversations_are_bounded() {
        List<String> ids = List.of("g", "h", "i", "j");
        ids.stream().skip(1).forEach(this::createGroup);
        List<Receipt> many = IntStream.range(0, MANY)
                .mapToObj(i -> "user%05d".formatted(i))
                .flatMap(userId -> Stream.of("g", "i").map(id -> Receipt.delivered(id, userId, 1, T)))
                .toList();
        for (int from = 0; from < many.size(); from += 200) {
            store.mark(many.subList(from, Math.min(from + 200, many.size())));
        }
        mark(Receipt.delivered("h", "bob", 1, T), Receipt.delivered("j", "bob", 1, T));

        List<Receipt> found = store.receipts(ids, 1_000);

        Map<String, List<Receipt>> pages = found.stream().collect(Collectors.groupingBy(Receipt::conversationId));
        assertThat(pages.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        ids.forEach(id -> assertThat(pages.get(id)).isEqualTo(store.receipts(ReceiptQuery.first(id, 1_000))));
        assertThat(pages.get("g")).hasSize(1_000);
        assertThat(StoredReceipts.of(store, "g", 3_000)).hasSize(MANY);
    }

    @Test
    void one_call_may_be_of_many_users_and_conversations() {
        createGroup("h");
        fill("h", 3);
        mark(
                Receipt.read("g", "bob", 5, T),
                Receipt.delivered("h", "bob", 2, T),
                Receipt.delivered("g", "alice", 9, T),
                Receipt.delivered("h", "alice", 1, T));

        assertThat(StoredReceipts.of(store, "g"))
                .containsExactlyInAnyOrder(
                        Receipt.read("g", "bob", 5, T),
                        Receipt.delivered("g", "bob", 5, T),
                        Receipt.delivered("g", "alice", 9, T));
        assertThat(StoredReceipts.of(store, "h"))
                .containsExactlyInAnyOrder(Receipt.delivered("h", "bob", 2, T), Receipt.delivered("h", "alice", 1, T));
    }

    @Test
    void call_without_receipts_changes_nothing() {
        mark();

        assertThat(StoredReceipts.of(store, "g")).isEmpty();
    }

    @Test
    void receipts_of_a_user_are_those_of_the_named_conversations() {
        List.of("h", "i").forEach(this::createGroup);
        mark(
                Receipt.delivered("g", "bob", 1, T),
                Receipt.delivered("h", "bob", 2, T),
                Receipt.delivered("i", "bob", 3, T),
                Receipt.delivered("g", "alice", 4, T));

        assertThat(store.receiptsOf("bob", List.of("g", "i", "unknown", "g")))
                .containsExactlyInAnyOrder(Receipt.delivered("g", "bob", 1, T), Receipt.delivered("i", "bob", 3, T));
        assertThat(store.receiptsOf("bob", Set.of())).isEmpty();
        assertThat(store.receiptsOf("mallory", List.of("g"))).isEmpty();
    }

    @Test
    void reader_of_an_open_conversation_has_receipts_and_is_no_member() {
        fill("c", 3);
        mark(Receipt.read("c", "bob", 2, T));

        assertThat(StoredReceipts.of(store, "c"))
                .containsExactlyInAnyOrder(Receipt.read("c", "bob", 2, T), Receipt.delivered("c", "bob", 2, T));
        assertThat(store.receiptsOf("bob", List.of("c"))).hasSize(2);
        assertThat(store.isMember("c", "bob")).isFalse();
        assertThat(store.conversation("c").orElseThrow().members()).isEmpty();
        assertThat(store.conversations(new ConversationQuery("bob", null, 10)))
                .extracting(Conversation::conversationId)
                .containsExactly("g");
    }

    @Test
    void new_member_has_read_earlier_messages() {
        store.addMembers("g", Set.of("carol"));
        fill("g", 3);

        assertThat(upTo(Kind.READ, "carol")).isEqualTo(10);
        assertThat(upTo(Kind.DELIVERED, "carol")).isEqualTo(10);
        assertThat(unreadOf("carol")).isEqualTo(3);
    }

    @Test
    void adding_a_member_again_leaves_what_is_unread() {
        mark(Receipt.read("g", "bob", 4, T));
        store.addMembers("g", Set.of("bob", "carol"));

        assertThat(upTo(Kind.READ, "bob")).isEqualTo(4);
        assertThat(upTo(Kind.READ, "carol")).isEqualTo(10);
    }

    @Test
    void what_a_leaver_has_read_is_kept() {
        mark(Receipt.read("g", "bob", 4, T));
        store.removeMember("g", "bob");

        assertThat(store.receiptsOf("bob", List.of("g")))
                .containsExactlyInAnyOrder(Receipt.read("g", "bob", 4, T), Receipt.delivered("g", "bob", 4, T));
    }

    @Test
    void returning_member_has_read_earlier_messages() {
        mark(Receipt.read("g", "bob", 10, T));
        store.removeMember("g", "bob");
        store.addMembers("g", Set.of("bob"));
        assertThat(upTo(Kind.READ, "bob")).isEqualTo(10);

        store.removeMember("g", "bob");
        fill("g", 3);
        store.addMembers("g", Set.of("bob"));
        assertThat(upTo(Kind.READ, "bob")).isEqualTo(13);
    }

    @Test
    void unread_messages_are_those_after_the_read_receipt() {
        assertThat(unreadOf("bob")).isEqualTo(10);

        mark(Receipt.read("g", "bob", 4, T));
        assertThat(unreadOf("bob")).isEqualTo(6);

        fill("g", 2);
        assertThat(unreadOf("bob")).isEqualTo(8);
    }

    @Test
    void trimming_leaves_what_is_read_and_unread() {
        mark(Receipt.read("g", "bob", 4, T));
        store.trim("g", 10);

        assertThat(upTo(Kind.READ, "bob")).isEqualTo(4);
        assertThat(unreadOf("bob")).isEqualTo(6);
    }

    @Test
    void members_who_come_while_others_write_have_never_read_what_is_not_there() {
        try (Workers workers = new Workers(2)) {
            Future<?> writer =
                    workers.submit(() -> Drafts.texts("g", "alice", 40).forEach(draft -> store.append(List.of(draft))));
            IntStream.range(0, 20).forEach(i -> {
                long before = store.position("g").seq();
                store.addMembers("g", Set.of("member " + i));
                assertThat(upTo(Kind.READ, "member " + i))
                        .isBetween(before, store.position("g").seq());
            });
            Workers.result(writer);
        }
    }

    @Test
    void simultaneous_receipts_end_at_the_highest() {
        markAtOnce(List.of(store));

        assertThat(upTo(Kind.READ, "bob")).isEqualTo(10);
        assertThat(upTo(Kind.DELIVERED, "bob")).isEqualTo(10);
    }

    @Test
    void receipts_of_several_nodes_end_at_the_highest() {
        needs(StoreHarness.Capability.MULTI_NODE);
        List<ChatStore> nodes = List.of(store, harness.openAnotherNode());
        markAtOnce(nodes);

        assertThat(nodes)
                .allSatisfy(node -> assertThat(upTo(node, Kind.READ, "bob")).isEqualTo(10));
    }

    private void markAtOnce(List<ChatStore> nodes) {
        try (Workers workers = new Workers(4)) {
            List<Future<?>> readers = IntStream.range(0, 40)
                    .<Future<?>>mapToObj(i -> workers.submit(() -> nodes.get(i % nodes.size())
                            .mark(List.of(Receipt.read("g", "bob", 1 + i * 7 % 10, T.plusMillis(i))))))
                    .toList();
            readers.forEach(Workers::result);
        }
    }

    private void mark(Receipt... receipts) {
        store.mark(List.of(receipts));
    }

    private long unreadOf(String userId) {
        return store.position("g").seq() - upTo(Kind.READ, userId);
    }

    private long upTo(Kind kind, String userId) {
        return upTo(store, kind, userId);
    }

    private static long upTo(ChatStore node, Kind kind, String userId) {
        Collection<Receipt> receipts = node.receiptsOf(userId, List.of("g"));
        assertThat(StoredReceipts.of(node, "g")).containsAll(receipts);
        return receipts.stream()
                .filter(receipt -> receipt.kind() == kind)
                .mapToLong(Receipt::upToSeq)
                .findAny()
                .orElse(0);
    }
}
