package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which messages of a conversation are pinned. */
abstract class PinContract extends StoreCase {
    PinContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void unknown_conversation_has_no_pins() {
        assertThat(store.pins("c")).isEmpty();
    }

    @Test
    void pinned_messages_are_listed_until_they_are_unpinned() {
        List<Message> all = fill("c", 4);
        fill("other", 1).forEach(message -> changed(Changes.pin(message, "bob")));
        Message first = changed(Changes.pin(all.get(0), "bob"));
        Message third = changed(Changes.pin(all.get(2), "alice"));

        assertThat(store.pins("c")).containsExactlyInAnyOrder(first, third);
        changed(Changes.unpin(first, "alice"));
        assertThat(store.pins("c")).containsExactly(third);
        assertThat(allOf("c").get(2)).isEqualTo(third);
    }

    @Test
    void listed_message_has_its_latest_state() {
        Message message = changed(Changes.pin(fill("c", 1).get(0), "bob"));
        Message edited = changed(Changes.edit(message, "alice", "other"));

        assertThat(store.pins("c")).containsExactly(edited);
    }

    @Test
    void deleted_message_is_not_pinned() {
        Message message = changed(Changes.pin(fill("c", 1).get(0), "bob"));
        changed(Changes.delete(message, "alice"));

        assertThat(store.pins("c")).isEmpty();
        assertThat(refusal(() -> store.change(Changes.pin(message, "bob")))).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Test
    void trimmed_message_is_not_pinned() {
        List<Message> all = fill("c", 2);
        all.forEach(message -> changed(Changes.pin(message, "bob")));
        store.trim("c", 1);

        assertThat(store.pins("c")).extracting(Message::seq).containsExactly(2L);
    }

    @Test
    void pins_are_limited() {
        List<Message> all = fill("c", FixedLimits.PINS + 1);
        all.subList(1, all.size()).forEach(message -> changed(Changes.pin(message, "bob")));

        assertThat(refusal(() -> store.change(Changes.pin(all.get(0), "bob")))).isEqualTo(ErrorCode.PIN_LIMIT);
        assertThat(store.position("c")).isEqualTo(new Position(all.size(), FixedLimits.PINS));
        assertThat(store.change(Changes.pin(all.get(1), "carol")).changed()).isFalse();
        changed(Changes.unpin(all.get(1), "bob"));
        changed(Changes.pin(all.get(0), "bob"));
        assertThat(store.pins("c")).hasSize(FixedLimits.PINS);
    }

    @Test
    void removed_messages_make_room_for_others() {
        List<Message> all = fill("c", FixedLimits.PINS);
        all.forEach(message -> changed(Changes.pin(message, "bob")));
        changed(Changes.delete(all.get(5), "alice"));
        store.trim("c", 3);
        List<Message> more = fill("c", 5);
        more.subList(0, 4).forEach(message -> changed(Changes.pin(message, "bob")));

        assertThat(refusal(() -> store.change(Changes.pin(more.get(4), "bob")))).isEqualTo(ErrorCode.PIN_LIMIT);
        assertThat(store.pins("c")).hasSize(FixedLimits.PINS);
        store.eraseUser("alice");
        Message last = stored(Drafts.text("c", "bob", "hello"));
        assertThat(store.pins("c")).isEmpty();
        assertThat(changed(Changes.pin(last, "bob")))
                .satisfies(pinned -> assertThat(store.pins("c")).containsExactly(pinned));
    }

    @Test
    void limit_holds_for_two_nodes() {
        needs(StoreHarness.Capability.MULTI_NODE);
        List<Message> all = fill("c", FixedLimits.PINS + 6);
        all.subList(0, FixedLimits.PINS - 2).forEach(message -> changed(Changes.pin(message, "bob")));
        ChatStore other = harness.openAnotherNode();
        CyclicBarrier start = new CyclicBarrier(8);
        try (Workers workers = new Workers(8)) {
            List<Future<Boolean>> pins = IntStream.range(0, 8)
                    .mapToObj(i -> workers.call(() -> {
                        start.await();
                        return isPinned(i % 2 == 0 ? store : other, all.get(FixedLimits.PINS - 2 + i));
                    }))
                    .toList();

            assertThat(pins.stream().map(Workers::result))
                    .filteredOn(isPinned -> isPinned)
                    .hasSize(2);
        }
        assertThat(other.pins("c")).hasSize(FixedLimits.PINS).hasSameElementsAs(store.pins("c"));
    }

    private static boolean isPinned(ChatStore node, Message message) {
        try {
            return node.change(Changes.pin(message, "bob")).changed();
        } catch (ChatException refusal) {
            assertThat(refusal.code()).isEqualTo(ErrorCode.PIN_LIMIT);
            return false;
        }
    }

    @Test
    void pins_outlast_a_restart() {
        needs(StoreHarness.Capability.RESTART);
        Message pinned = changed(Changes.pin(fill("c", 1).get(0), "bob"));
        harness.restart();
        store = harness.open();

        assertThat(store.pins("c")).containsExactly(pinned);
    }

    @Test
    void client_that_was_absent_catches_up_with_pins() {
        List<Message> all = fill("c", 3);
        Replica replica = new Replica(store, "c").catchUp(10);
        changed(Changes.pin(all.get(0), "bob"));
        changed(Changes.pin(all.get(1), "bob"));
        changed(Changes.unpin(all.get(0), "bob"));

        assertThat(replica.catchUp(10).messages()).isEqualTo(allOf("c"));
    }
}
