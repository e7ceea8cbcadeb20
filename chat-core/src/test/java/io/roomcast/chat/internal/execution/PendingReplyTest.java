package io.roomcast.chat.internal.execution;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PendingReplyTest {
    private final Set<PendingReply<?>> bucket = ConcurrentHashMap.newKeySet();
    private final Answer<String> answer = new Answer<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private PendingReply<String> pending(Answer<String> reply) {
        PendingReply<String> pending = new PendingReply<>(reply, bucket);
        bucket.add(pending);
        return pending;
    }

    @Test
    void first_result_is_delivered_and_others_are_ignored() {
        PendingReply<String> pending = pending(answer);
        pending.succeeded("first");
        pending.succeeded("second");
        pending.failed(ChatException.of(ErrorCode.FORBIDDEN));
        pending.expire();
        assertThat(answer.result()).isEqualTo("first");
        assertThat(answer.count()).isEqualTo(1);
        assertThat(bucket).isEmpty();
    }

    @Test
    void refusal_counts_as_a_result() {
        PendingReply<String> pending = pending(answer);
        pending.failed(ChatException.of(ErrorCode.FORBIDDEN));
        pending.succeeded("too late");
        assertThat(answer.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(answer.count()).isEqualTo(1);
    }

    @Test
    void racing_results_are_delivered_once() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            Answer<String> raced = new Answer<>();
            PendingReply<String> pending = pending(raced);
            race(
                    () -> pending.succeeded("done"),
                    () -> pending.failed(ChatException.of(ErrorCode.BUSY)),
                    pending::expire);
            assertThat(raced.count()).isEqualTo(1);
        }
        assertThat(bucket).isEmpty();
    }

    private void race(Runnable... runners) throws Exception {
        CyclicBarrier start = new CyclicBarrier(runners.length);
        List<Future<?>> all = List.of(runners).stream()
                .<Future<?>>map(runner -> threads.submit(() -> {
                    start.await(20, SECONDS);
                    runner.run();
                    return null;
                }))
                .toList();
        for (Future<?> one : all) {
            one.get(20, SECONDS);
        }
    }

    @Test
    void reply_that_throws_is_not_called_again() {
        Answer<String> broken = new Answer<>(() -> {
            throw new IllegalStateException("connection gone");
        });
        PendingReply<String> pending = pending(broken);
        assertThatNoException().isThrownBy(() -> pending.succeeded("done"));
        assertThatNoException().isThrownBy(pending::expire);
        assertThat(broken.count()).isEqualTo(1);
        assertThat(bucket).isEmpty();
    }
}
