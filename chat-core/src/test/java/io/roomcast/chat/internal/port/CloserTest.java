package io.roomcast.chat.internal.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {
    private final List<String> closed = new ArrayList<>();

    private AutoCloseable part(String name) {
        return () -> closed.add(name);
    }

    private AutoCloseable failing(String name, Throwable failure) {
        return () -> {
            closed.add(name);
            CloserTest.<RuntimeException>rethrow(failure);
        };
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void rethrow(Throwable failure) throws X {
        throw (X) failure;
    }

    @Test
    void parts_are_closed_in_order_although_some_throw() {
        Closer.closeAll(
                failing("lanes", new IllegalStateException("closed")),
                part("timeouts"),
                failing("receipts", new StackOverflowError()),
                part("store"));
        assertThat(closed).containsExactly("lanes", "timeouts", "receipts", "store");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interrupt_is_kept_and_the_other_parts_are_closed() {
        Closer.closeAll(failing("lanes", new InterruptedException()), part("store"));
        assertThat(closed).containsExactly("lanes", "store");
        assertThat(Thread.interrupted()).isTrue();
    }
}
