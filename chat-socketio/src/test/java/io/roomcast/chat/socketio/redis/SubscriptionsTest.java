package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private final Subscriptions subscriptions = new Subscriptions();

    @Test
    void rooms_that_come_and_go_during_an_outage_leave_nothing_behind() {
        for (int i = 0; i < 10_000; i++) {
            CompletableFuture<Void> subscribed = subscriptions.subscribe(List.of("c:" + i));
            subscriptions.unsubscribe(List.of("c:" + i));
            assertThat(subscribed).isCompletedExceptionally();
        }

        assertThat(subscriptions.size()).isZero();
        assertThat(subscriptions.begin()).isEmpty();
    }

    @Test
    void caller_during_an_outage_waits_for_the_next_connection() {
        CompletableFuture<Void> first = subscriptions.subscribe(List.of("c:1"));
        CompletableFuture<Void> second = subscriptions.subscribe(List.of("c:1", "c:2"));

        assertThat(subscriptions.begin()).containsExactly("c:1", "c:2");
        subscriptions.confirmed();
        assertThat(first).isNotDone();
        subscriptions.confirmed();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(subscriptions.size()).isZero();
    }

    @Test
    void lost_connection_forgets_what_it_was_to_change() {
        subscriptions.begin();
        CompletableFuture<Void> waiting = subscriptions.subscribe(List.of("c:1"));
        subscriptions.end();

        assertThat(subscriptions.hasChanged()).isFalse();
        assertThat(subscriptions.begin()).containsExactly("c:1");
        subscriptions.confirmed();
        assertThat(waiting).isCompleted();
    }
}
