package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The positions of followers, and what they need to find activity. */
abstract class FollowerContract extends StoreCase {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final FollowerState IDLE = FollowerState.idle("crm", "c", new Position(3, 1));

    FollowerContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    private List<FollowerState> stored(String... conversationIds) {
        return store.followerStates("crm", List.of(conversationIds));
    }

    static Stream<FollowerState> states() {
        return Stream.of(
                IDLE,
                IDLE.leased("node", T),
                IDLE.leased("node", T).failed(),
                IDLE.released(T),
                IDLE.failed().failed().released(T),
                IDLE.movedTo(new Position(1L << 40, 1L << 41)),
                FollowerState.idle("crm", "", new Position(T.toEpochMilli(), T.toEpochMilli())),
                FollowerState.idle("crm", "", new Position(T.toEpochMilli(), T.toEpochMilli()))
                        .paused(true));
    }

    @ParameterizedTest
    @MethodSource("states")
    void state_is_stored_only_if_there_is_none(FollowerState state) {
        assertThat(store.saveFollowerState(null, state)).isTrue();
        assertThat(store.saveFollowerState(null, state)).isFalse();
        assertThat(stored(state.conversationId())).containsExactly(state);
    }

    @ParameterizedTest
    @MethodSource("states")
    void state_is_replaced_only_if_it_is_as_expected(FollowerState state) {
        FollowerState next = state.movedTo(new Position(9, 9)).leased("other", T.plusSeconds(1));
        assertThat(store.saveFollowerState(state, next)).isFalse();
        store.saveFollowerState(null, state);
        states().filter(other -> other.conversationId().equals(state.conversationId()))
                .filter(other -> !other.equals(state))
                .forEach(other ->
                        assertThat(store.saveFollowerState(other, next)).isFalse());

        assertThat(store.saveFollowerState(state, next)).isTrue();

        assertThat(stored(state.conversationId())).containsExactly(next);
        assertThat(store.saveFollowerState(next, state)).isTrue();
        assertThat(stored(state.conversationId())).containsExactly(state);
    }

    @Test
    void states_of_followers_and_conversations_are_apart() {
        FollowerState other = FollowerState.idle("crm", "d", Position.START);
        store.saveFollowerState(null, IDLE);
        store.saveFollowerState(null, other);
        store.saveFollowerState(null, FollowerState.idle("push", "c", Position.START));

        assertThat(stored("c", "d", "unknown")).containsExactlyInAnyOrder(IDLE, other);
        assertThat(stored("c")).containsExactly(IDLE);
        assertThat(store.followerStates("unknown", List.of("c"))).isEmpty();
    }

    @Test
    void one_of_several_servers_replaces_a_state() {
        store.saveFollowerState(null, IDLE);
        List<CompletableFuture<Boolean>> attempts = IntStream.range(0, 8)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> store.saveFollowerState(IDLE, IDLE.leased("node-" + i, T))))
                .toList();
        assertThat(attempts.stream().filter(CompletableFuture::join)).hasSize(1);
    }

    @Test
    void due_states_are_those_until_a_time_in_its_order() {
        FollowerState last = FollowerState.idle("crm", "a", Position.START).released(T.plusSeconds(2));
        FollowerState first = FollowerState.idle("crm", "b", Position.START).leased("node", T);
        FollowerState next = FollowerState.idle("crm", "c", Position.START).released(T.plusSeconds(1));
        FollowerState later = FollowerState.idle("crm", "d", Position.START).released(T.plusMillis(2_001));
        List.of(last, first, next, later, FollowerState.idle("crm", "e", Position.START))
                .forEach(state -> store.saveFollowerState(null, state));
        store.saveFollowerState(
                null, FollowerState.idle("push", "c", Position.START).released(T));

        assertThat(store.dueFollowerStates("crm", T.plusSeconds(2), 10)).containsExactly(first, next, last);
        assertThat(store.dueFollowerStates("crm", T.plusSeconds(2), 2)).containsExactly(first, next);
        assertThat(store.dueFollowerStates("crm", T.minusMillis(1), 10)).isEmpty();

        store.saveFollowerState(first, first.released(null));
        assertThat(store.dueFollowerStates("crm", T.plusSeconds(2), 10)).containsExactly(next, last);
    }

    @Test
    void states_of_a_deleted_conversation_are_removed() {
        fill("c", 1);
        store.saveFollowerState(null, IDLE.released(T));
        FollowerState other = FollowerState.idle("crm", "d", Position.START);
        store.saveFollowerState(null, other);

        store.delete("c");

        eventually(() -> {
            assertThat(stored("c", "d")).containsExactly(other);
            assertThat(store.dueFollowerStates("crm", T, 10)).isEmpty();
        });
    }

    @Test
    void states_survive_a_restart() {
        needs(StoreHarness.Capability.RESTART);
        store.saveFollowerState(null, IDLE.released(T));
        harness.restart();
        ChatStore restarted = harness.open();
        assertThat(restarted.followerStates("crm", List.of("c"))).containsExactly(IDLE.released(T));
        assertThat(restarted.saveFollowerState(IDLE.released(T), IDLE)).isTrue();
    }

    private static MessageDraft draft(String conversationId, Instant createdAt) {
        return new MessageDraft(
                Drafts.idAt(createdAt),
                conversationId,
                "alice",
                UUID.randomUUID().toString(),
                MessageBody.text("hello"),
                createdAt);
    }

    private Set<String> activeSince(Instant time) {
        Set<String> found = new HashSet<>();
        store.activeConversations(time, found::add);
        return found;
    }

    @Test
    void conversations_with_messages_since_a_time_are_active() {
        Instant now = Drafts.now();
        stored(draft("old", now.minusSeconds(60)));
        stored(draft("at", now.minusSeconds(10)));
        stored(draft("both", now.minusSeconds(60)));
        stored(draft("both", now));

        assertThat(activeSince(now.minusSeconds(10))).containsExactlyInAnyOrder("at", "both");
        assertThat(activeSince(now.minusSeconds(60))).containsExactlyInAnyOrder("old", "at", "both");
        assertThat(activeSince(now.plusMillis(1))).isEmpty();
    }

    @Test
    void conversations_with_changes_since_a_time_are_active() {
        Instant now = Drafts.now();
        Message old = stored(draft("changed", now.minus(Duration.ofDays(1))));
        stored(draft("unchanged", now.minus(Duration.ofDays(1))));
        changed(Changes.react(old, "bob", "+"));

        assertThat(activeSince(now.minusSeconds(10))).contains("changed").doesNotContain("unchanged");
        assertThat(activeSince(Drafts.now().plusSeconds(2))).isEmpty();
    }

    @Test
    void every_active_conversation_is_found_however_many_there_are() {
        Instant now = Drafts.now();
        List<MessageDraft> drafts = IntStream.range(0, 2_500)
                .mapToObj(i -> draft("c" + i % 1_250, now.plusMillis(i)))
                .toList();
        drafts.forEach(this::append);
        assertThat(activeSince(now)).hasSize(1_250);
    }

    @Test
    void position_at_a_time_is_before_what_happened_then() {
        Instant now = Drafts.now();
        Message first = stored(draft("c", now.minusSeconds(30)));
        stored(draft("c", now.minusSeconds(20)));
        stored(draft("c", now.minusSeconds(10)));
        changed(Changes.react(first, "bob", "+"));
        Message last = changed(Changes.react(first, "carol", "+"));

        assertThat(store.positionAt("c", now.minusSeconds(31))).isEqualTo(Position.START);
        assertThat(store.positionAt("c", now.minusSeconds(20))).isEqualTo(new Position(1, 0));
        assertThat(store.positionAt("c", now.minusSeconds(19))).isEqualTo(new Position(2, 0));
        assertThat(store.positionAt("c", now.plus(Duration.ofHours(1)))).isEqualTo(new Position(3, last.version()));
        assertThat(store.positionAt("unknown", now)).isEqualTo(Position.START);
    }
}
