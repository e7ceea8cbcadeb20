package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sequence number is given once, whatever becomes of the message that had it, and whichever node gives the next. */
abstract class RemovalContract extends StoreCase {
    private static final Duration RETENTION = Duration.ofHours(1);

    /** What may take messages away. */
    private enum Removal {
        TRIM_OF_ALL(contract -> contract.store.trim("c", 10)),
        TRIM_BEYOND_THE_NEWEST(contract -> contract.store.trim("c", Long.MAX_VALUE)),
        TRIM_OF_ALL_BUT_THE_NEWEST(contract -> contract.store.trim("c", 9)),
        TRIM_OF_THE_NEXT_ONLY(contract -> contract.store.trim("c", 3)),
        TRIM_IN_STEPS(contract -> {
            for (long seq = 1; seq <= 10; seq++) {
                contract.store.trim("c", seq);
            }
        }),
        TRIM_BEFORE_THE_ERASURE_OF_THE_SENDER(contract -> {
            contract.store.trim("c", 10);
            contract.store.eraseUser("alice");
        }),
        ERASURE_BEFORE_A_TRIM(contract -> {
            contract.store.eraseUser("alice");
            contract.store.trim("c", 10);
        }),
        ERASURE_OF_THE_SENDER(contract -> contract.store.eraseUser("alice")),
        EXPIRY(contract -> contract.harness.clock().advance(RETENTION)),
        TRIM_AND_EXPIRY(contract -> {
            contract.store.trim("c", 5);
            contract.harness.clock().advance(RETENTION);
        });

        private final Consumer<RemovalContract> removing;

        Removal(Consumer<RemovalContract> removing) {
            this.removing = removing;
        }

        boolean needsRetention() {
            return this == EXPIRY || this == TRIM_AND_EXPIRY;
        }
    }

    RemovalContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void needsClock() {
        needs(StoreHarness.Capability.CLOCK);
    }

    private void makeConversation(Removal removal) {
        NewConversation open = NewConversation.open("c");
        store.create(removal.needsRetention() ? open.withRetention(RETENTION) : open);
    }

    private Message say(ChatStore node, String senderId) {
        return storedIn(node.append(List.of(Drafts.dated(
                        "c", senderId, "words", harness.clock().instant().truncatedTo(ChronoUnit.MILLIS))))
                .get(0));
    }

    private List<Long> sayUpTo(long seq) {
        List<Long> given = new ArrayList<>();
        while (given.isEmpty() || given.get(given.size() - 1) < seq) {
            given.add(say(store, "alice").seq());
        }
        return given;
    }

    @ParameterizedTest
    @EnumSource
    void node_continues_after_what_it_stored_itself(Removal removal) {
        makeConversation(removal);
        sayUpTo(10);
        removal.removing.accept(this);

        assertThat(say(store, "bob").seq()).isEqualTo(11);
        assertThat(say(store, "bob").seq()).isEqualTo(12);
    }

    @ParameterizedTest
    @EnumSource
    void node_that_received_nothing_continues_at_the_position_of_the_other(Removal removal) {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        makeConversation(removal);
        sayUpTo(1);
        assertThat(say(other, "bob").seq()).isEqualTo(2);
        assertThat(sayUpTo(10)).startsWith(3L);
        removal.removing.accept(this);

        Message next = say(other, "bob");
        assertThat(next.seq()).isEqualTo(11);
        assertThat(say(store, "alice").seq()).isEqualTo(12);
        assertThat(say(other, "bob").seq()).isEqualTo(13);
    }

    @ParameterizedTest
    @EnumSource
    void client_that_was_away_receives_what_the_other_node_stored(Removal removal) {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        makeConversation(removal);
        sayUpTo(1);
        say(other, "bob");
        sayUpTo(10);
        removal.removing.accept(this);
        Message next = say(other, "bob");

        CatchUp missed = store.catchUp(List.of(new CatchUpQuery("c", new Position(10, 0), 100)))
                .get(0);
        assertThat(missed.lost()).isFalse();
        assertThat(missed.messages()).contains(next);
    }

    @ParameterizedTest
    @EnumSource
    void new_node_continues_at_the_position_of_the_others(Removal removal) {
        needs(StoreHarness.Capability.MULTI_NODE);
        makeConversation(removal);
        sayUpTo(10);
        removal.removing.accept(this);

        assertThat(say(harness.openAnotherNode(), "bob").seq()).isEqualTo(11);
    }

    @ParameterizedTest
    @EnumSource
    void restart_continues_at_the_stored_position(Removal removal) {
        needs(StoreHarness.Capability.RESTART);
        makeConversation(removal);
        sayUpTo(10);
        removal.removing.accept(this);
        harness.restart();
        store = harness.open();

        assertThat(store.position("c").seq()).isEqualTo(10);
        assertThat(say(store, "bob").seq()).isEqualTo(11);
    }

    @ParameterizedTest
    @EnumSource
    void batch_over_several_conversations_continues_in_each(Removal removal) {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        makeConversation(removal);
        other.append(List.of(Drafts.text("c", "bob", "first"), Drafts.text("d", "bob", "first")));
        sayUpTo(10);
        removal.removing.accept(this);

        assertThat(other.append(List.of(
                        Drafts.text("d", "bob", "next"),
                        Drafts.text("c", "bob", "next"),
                        Drafts.text("c", "bob", "last"))))
                .map(StoreCase::storedIn)
                .extracting(Message::seq)
                .containsExactly(2L, 11L, 12L);
    }

    @Test
    void versions_go_on_on_the_other_node_after_what_was_changed_is_removed() {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        Message first = say(other, "alice");
        other.change(Changes.edit(first, "alice", "once"));
        for (int i = 0; i < 5; i++) {
            store.change(Changes.edit(say(store, "alice"), "alice", "other"));
        }
        store.trim("c", 6);

        Message next = say(other, "alice");
        assertThat(other.change(Changes.edit(next, "alice", "other")).message().version())
                .isEqualTo(7);
        assertThat(store.position("c")).isEqualTo(new Position(7, 7));
    }

    @Test
    void members_who_were_removed_on_one_node_come_back_on_the_other() {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        assertThat(other.isMember("g", "bob")).isTrue();
        store.removeMember("g", "bob");
        other.addMembers("g", Set.of("bob"));

        assertThat(store.isMember("g", "bob")).isTrue();
        assertThat(other.conversation("g").orElseThrow().members()).hasSize(2);
    }

    @Test
    void key_of_a_removed_message_is_free_on_the_other_node() {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        storedIn(other.append(List.of(Drafts.keyed("c", "alice", "k", "first"))).get(0));
        store.trim("c", 1);

        Message second = storedIn(
                other.append(List.of(Drafts.keyed("c", "alice", "k", "second"))).get(0));
        assertThat(second.seq()).isEqualTo(2);
        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", "k", "third"))))
                .isEqualTo(second);
    }
}
