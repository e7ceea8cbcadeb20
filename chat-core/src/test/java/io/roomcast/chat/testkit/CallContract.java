package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallInvitation;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallParticipant;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.NewConversation;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls of conversations. */
abstract class CallContract extends StoreCase {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = T.plusSeconds(45);

    CallContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    private static CallParticipant participant(String userId, int index) {
        return new CallParticipant(
                new CallPeer("p" + index, index, userId, true, index > 1, false, index > 2), "hash", T.plusSeconds(60));
    }

    private static Call ringing(String callId, String conversationId) {
        return call(callId, conversationId, 1, false, List.of(participant("ann", 1)));
    }

    private static Call call(
            String callId, String conversationId, long revision, boolean isFull, List<CallParticipant> participants) {
        return new Call(
                callId,
                conversationId,
                !isFull,
                isFull ? CallMedia.VIDEO : CallMedia.AUDIO,
                "ann",
                T,
                isFull ? T.plusSeconds(3) : null,
                null,
                null,
                null,
                isFull ? true : null,
                isFull ? T.plusSeconds(4) : null,
                false,
                3,
                List.of("ann"),
                List.of(new CallInvitation(
                        "bob", isFull ? CallInvitation.State.ACCEPTED : CallInvitation.State.RINGING)),
                participants,
                revision);
    }

    /** Returns the next revision of a call, ended and perhaps recorded. */
    private static Call ended(Call call, boolean isRecorded) {
        return new Call(
                call.callId(),
                call.conversationId(),
                call.isDirect(),
                call.media(),
                call.startedBy(),
                call.startedAt(),
                call.activeAt(),
                T.plusSeconds(9),
                CallOutcome.MISSED,
                "ann",
                call.connected(),
                null,
                isRecorded,
                call.nextIndex(),
                call.users(),
                List.of(new CallInvitation("bob", CallInvitation.State.MISSED)),
                List.of(),
                call.revision() + 1);
    }

    static Stream<Call> calls() {
        return Stream.of(
                ringing("one", "c"),
                call("two", "d:ann:bob", 1, true, List.of(participant("ann", 1), participant("bob", 2))),
                call("three", "c", 1, true, List.of(participant("cid", 3))));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_is_found_as_it_was_stored(Call call) {
        assertThat(store.calls().start(call, LATER)).isEqualTo(call);
        assertThat(store.calls().find(call.callId())).contains(call);
        assertThat(store.calls().in(List.of("elsewhere", call.conversationId())))
                .containsExactly(call);
        assertThat(store.calls().in(List.of("elsewhere"))).isEmpty();
        assertThat(store.calls().find("unknown")).isEmpty();
    }

    @Test
    void conversation_has_one_call() {
        Call first = ringing("one", "c");
        store.calls().start(first, LATER);
        assertThat(store.calls().start(ringing("two", "c"), LATER)).isEqualTo(first);
        assertThat(store.calls().find("two")).isEmpty();
        assertThat(store.calls().start(ringing("three", "other"), LATER).callId())
                .isEqualTo("three");
    }

    @Test
    void call_is_replaced_only_by_its_next_revision() {
        Call call = ringing("one", "c");
        store.calls().start(call, LATER);
        Call next = call("one", "c", 2, true, List.of(participant("ann", 1), participant("bob", 2)));
        assertThat(store.calls().update(call("one", "c", 3, true, List.of()), LATER))
                .isFalse();
        assertThat(store.calls().update(call("other", "c", 2, true, List.of()), LATER))
                .isFalse();
        assertThat(store.calls().update(ringing("none", "nowhere"), LATER)).isFalse();
        assertThat(store.calls().find("one")).contains(call);
        assertThat(store.calls().update(next, LATER)).isTrue();
        assertThat(store.calls().update(next, LATER)).isFalse();
        assertThat(store.calls().find("one")).contains(next);
    }

    @Test
    void call_that_has_ended_remains_until_its_message_is_stored() {
        Call call = ringing("one", "c");
        store.calls().start(call, LATER);
        Call ended = ended(call, false);
        assertThat(store.calls().update(ended, LATER)).isTrue();
        assertThat(store.calls().find("one")).contains(ended);
        assertThat(store.calls().in(List.of("c"))).isEmpty();
        assertThat(store.calls().of(List.of("ann", "bob"))).isEmpty();
        assertThat(store.calls().start(ringing("two", "c"), LATER)).isEqualTo(ended);
        assertThat(store.calls().update(ended(ended, true), LATER)).isTrue();
        assertThat(store.calls().find("one")).isEmpty();
        assertThat(store.calls().due(LATER, 10)).isEmpty();
        assertThat(store.calls().start(ringing("two", "c"), LATER).callId()).isEqualTo("two");
    }

    @Test
    void calls_of_users_are_those_that_ring_or_in_which_they_take_part() {
        Call ringing = ringing("one", "c");
        Call left = call("two", "d", 1, true, List.of(participant("cid", 2)));
        store.calls().start(ringing, LATER);
        store.calls().start(left, LATER);
        assertThat(store.calls().of(List.of("bob", "dan"))).containsExactly(ringing);
        assertThat(store.calls().of(List.of("ann"))).containsExactly(ringing);
        assertThat(store.calls().of(List.of("cid"))).containsExactly(left);
        assertThat(store.calls().of(List.of("bob", "cid"))).containsExactlyInAnyOrder(ringing, left);
        assertThat(store.calls().of(List.of("dan"))).isEmpty();
    }

    @Test
    void due_calls_are_found_the_earliest_first() {
        for (int i = 0; i < 4; i++) {
            store.calls().start(ringing("call" + i, "c" + i), T.plusSeconds(10 - i));
        }
        assertThat(store.calls().due(T.plusSeconds(9), 10))
                .extracting(Call::callId)
                .containsExactly("call3", "call2", "call1");
        assertThat(store.calls().due(T.plusSeconds(9), 2))
                .extracting(Call::callId)
                .containsExactly("call3", "call2");
        assertThat(store.calls().due(T, 10)).isEmpty();
        store.calls().update(ended(ringing("call3", "c3"), false), T.plusSeconds(30));
        assertThat(store.calls().due(T.plusSeconds(9), 10))
                .extracting(Call::callId)
                .containsExactly("call2", "call1");
    }

    @Test
    void of_many_starts_one_wins() throws Exception {
        Set<String> winners = ConcurrentHashMap.newKeySet();
        together(
                20,
                i -> winners.add(
                        store.calls().start(ringing("call" + i, "c"), LATER).callId()));
        assertThat(winners).hasSize(1);
    }

    @Test
    void of_many_updates_one_wins() throws Exception {
        store.calls().start(ringing("one", "c"), LATER);
        AtomicInteger wins = new AtomicInteger();
        together(20, i -> {
            Call next = call("one", "c", 2, true, List.of(participant("user" + i, 2)));
            return store.calls().update(next, LATER) ? wins.incrementAndGet() : 0;
        });
        assertThat(wins).hasValue(1);
    }

    private interface Attempt {
        Object run(int i);
    }

    private static void together(int count, Attempt attempt) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<? extends Future<?>> all = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return attempt.run(i);
                    }))
                    .toList();
            start.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void deleted_conversation_has_no_call() {
        store.create(NewConversation.group("c", "Group", List.of("ann", "bob")));
        store.calls().start(ringing("one", "c"), LATER);
        store.delete("c");
        await().until(() -> store.calls().in(List.of("c")).isEmpty());
        assertThat(store.calls().find("one")).isEmpty();
    }

    @Test
    void erased_user_is_named_by_no_call() {
        store.calls().start(ringing("one", "c"), LATER);
        store.calls().start(call("two", "d", 1, true, List.of(participant("bob", 2))), LATER);
        store.eraseUser("bob");
        assertThat(store.calls().find("one").orElseThrow().named())
                .doesNotContain("bob")
                .hasSize(2);
        assertThat(store.calls().find("two").orElseThrow().named())
                .doesNotContain("bob")
                .hasSize(2);
        assertThat(store.calls().of(List.of("bob"))).isEmpty();
        Call next = store.calls().find("one").orElseThrow();
        assertThat(store.calls().update(ended(next, false), LATER)).isTrue();
    }
}
