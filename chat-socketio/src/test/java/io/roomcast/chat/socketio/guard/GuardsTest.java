package io.roomcast.chat.socketio.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;

class GuardsTest {
    @Test
    void blocking_call_on_an_event_loop_is_an_error() throws Exception {
        EventExecutorGroup loops = new DefaultEventExecutorGroup(1);
        Callable<Void> blocking = () -> {
            LockSupport.parkNanos(1);
            return null;
        };
        try {
            assertThatThrownBy(() -> loops.submit(blocking).get()).hasRootCauseInstanceOf(BlockingOperationError.class);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void every_buffer_is_tracked() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }
}
