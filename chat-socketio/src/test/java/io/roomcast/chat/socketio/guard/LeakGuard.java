package io.roomcast.chat.socketio.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.HashedWheelTimer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class if a buffer was not released, or a timer was not stopped. */
public final class LeakGuard implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) {
        System.gc();
        ByteBufAllocator.DEFAULT.buffer(16).release();
        new HashedWheelTimer().stop();
        assertThat(Leaks.found()).as("buffers and timers that leaked").isEmpty();
    }
}
