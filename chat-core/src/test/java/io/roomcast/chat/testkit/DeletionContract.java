package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationKinds;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deleted conversation does not exist for anyone, and nothing restores it. */
abstract class DeletionContract extends StoreCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    DeletionContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    /** Creates a conversation with everything that one can have. */
    private Message fill(ChatStore node, String id) {
        node.create(
                id.startsWith("g")
                        ? NewConversation.group(id, "Group", List.of("alice", "bob"))
                        : NewConversation.open(id));
        Message first =
                storedIn(node.append(List.of(Drafts.text(id, "alice", "hello"))).get(0));
        node.change(Changes.react(first, "bob", "+"));
        node.mark(List.of(Receipt.read(id, "bob", 1, NOON)));
        return first;
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "o"})
    void conversation_is_deleted_immediately(String id) {
        Message first = fill(store, id);

        assertThat(store.delete(id)).isTrue();

        assertThat(store.conversation(id)).isEmpty();
        assertThat(store.conversations(new ConversationQuery("alice", null, 10)))
                .isEmpty();
        assertThat(store.position(id)).isEqualTo(Position.START);
        assertThat(store.update(new ConversationUpdate(id, "Other", null, NOON)))
                .isEmpty();
        assertThat(refusal(() -> store.change(Changes.edit(first, "alice", "words"))))
                .isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(store.delete(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "o"})
    void its_records_are_removed(String id) {
        Message first = fill(store, id);
        fill(store, "other");
        store.delete(id);

        eventually(() -> {
            assertThat(allOf(id)).isEmpty();
            assertThat(store.message(id, first.id())).isEmpty();
            assertThat(store.members(id)).isEmpty();
            assertThat(store.member(id, "alice")).isEmpty();
            assertThat(store.receipts(ReceiptQuery.first(id, 10))).isEmpty();
            assertThat(store.receiptsOf("bob", List.of(id))).isEmpty();
        });
        assertThat(allOf("other")).hasSize(1);
        assertThat(store.receipts(ReceiptQuery.first("other", 10))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "o"})
    void its_id_stays_taken(String id) {
        fill(store, id);
        store.delete(id);

        assertThat(refusal(() -> store.create(NewConversation.group(id, "Again", List.of("alice")))))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(() -> store.create(NewConversation.open(id)))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(store.conversation(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "o"})
    void late_writers_do_not_restore_it(String id) {
        fill(store, id);
        store.delete(id);

        List<AppendResult> results = store.append(List.of(
                Drafts.text(id, "alice", "late"),
                Drafts.text("other", "alice", "hello"),
                Drafts.text(id, "bob", "late")));
        assertRefused(results.get(0));
        assertRefused(results.get(2));
        assertThat(storedIn(results.get(1)).seq()).isEqualTo(1);
        store.addMembers(id, Set.of("carol"));
        assertThat(store.changeRole(id, "carol", Role.OWNER)).isFalse();
        store.removeMember(id, "alice");
        assertThat(store.conversation(id)).isEmpty();
        assertThat(store.conversations(new ConversationQuery("carol", null, 10)))
                .isEmpty();
    }

    private static void assertRefused(AppendResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        AppendResult.Failed.class,
                        failed -> assertThat(failed.cause().code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND));
    }

    @Test
    void kinds_distinguish_deleted_conversations_from_unknown_ones() {
        fill(store, "g");
        fill(store, "o");
        store.delete("g");

        assertThat(store.kinds(List.of("g", "o", "none")))
                .isEqualTo(new ConversationKinds(Map.of("o", ConversationKind.OPEN), Set.of("g")));
    }

    @Test
    void conversation_that_does_not_exist_cannot_be_deleted() {
        assertThat(store.delete("none")).isFalse();
        assertThat(store.kinds(List.of("none")).deleted()).isEmpty();
        assertThat(store.create(NewConversation.open("none"))).isNotNull();
    }

    @Test
    void other_node_knows_of_it() {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        fill(other, "g");
        store.delete("g");

        assertThat(other.conversation("g")).isEmpty();
        assertThat(other.kinds(List.of("g")).deleted()).containsExactly("g");
        assertThat(other.conversations(new ConversationQuery("bob", null, 10))).isEmpty();
    }

    @Test
    void it_stays_deleted_after_a_restart() {
        needs(StoreHarness.Capability.RESTART);
        fill(store, "g");
        store.delete("g");
        harness.restart();

        ChatStore again = harness.open();
        assertThat(again.conversation("g")).isEmpty();
        assertRefused(again.append(List.of(Drafts.text("g", "alice", "late"))).get(0));
    }
}
