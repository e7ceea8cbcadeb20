package io.roomcast.chat.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CallSignal;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallDeviceTest {
    private final Session first = TestSession.of("ann");
    private final Session second = TestSession.of("ann");
    private final CallDevice device = new CallDevice("p", "c", "ann", first, 0);

    private CallDevice.Incoming add() {
        return device.add("q", CallSignalKind.OFFER, "{}");
    }

    private static List<Long> numbers(Optional<List<CallSignal>> missed) {
        return missed.orElseThrow().stream().map(CallSignal::n).toList();
    }

    @Test
    void signal_is_either_missed_or_sent_to_the_session_that_returns() {
        assertThat(add().session()).isSameAs(first);
        assertThat(device.detach(first)).isTrue();
        assertThat(add().session()).isNull();
        assertThat(numbers(device.resume(second, 1))).containsExactly(2L);
        CallDevice.Incoming next = add();
        assertThat(next.session()).isSameAs(second);
        assertThat(next.signal().n()).isEqualTo(3);
    }

    @Test
    void session_that_closes_late_does_not_disconnect_the_one_that_replaced_it() {
        assertThat(device.resume(second, 0)).contains(List.of());
        assertThat(device.detach(first)).isFalse();
        assertThat(device.session()).isSameAs(second);
    }

    @ParameterizedTest
    @CsvSource({"130, 0, true", "130, 1, true", "130, 2, false", "130, 130, false", "130, 131, true", "0, 0, false"})
    void numbers_continue_after_the_last_signal_that_the_device_received(int added, long after, boolean isLost) {
        for (int i = 0; i < added; i++) {
            CallDevice.Incoming unused = add();
        }
        assertThat(device.resume(second, after).isEmpty()).isEqualTo(isLost);
        assertThat(add().signal().n()).isEqualTo(isLost ? after + 1 : added + 1);
    }

    @RepeatedTest(20)
    void signals_that_are_added_while_the_device_returns_are_complete_and_single() throws Exception {
        device.detach(first);
        int added = 100;
        CyclicBarrier barrier = new CyclicBarrier(2);
        Callable<List<Long>> sender = () -> {
            List<Long> sent = new ArrayList<>();
            barrier.await();
            for (int i = 0; i < added; i++) {
                CallDevice.Incoming incoming = add();
                if (incoming.session() != null) {
                    sent.add(incoming.signal().n());
                }
            }
            return sent;
        };
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<List<Long>> sent = threads.submit(sender);
            barrier.await();
            List<Long> received = new ArrayList<>(numbers(device.resume(second, 0)));
            received.addAll(sent.get());
            assertThat(received)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, added).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
    }
}
