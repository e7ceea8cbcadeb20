package io.roomcast.chat.socketio.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A WebSocket whose client reads nothing for a while. */
class UnwritableTest {
    private static final EngineSettings SETTINGS = new EngineSettings(
            Duration.ofSeconds(25),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            1 << 16,
            1 << 16,
            1 << 20,
            Duration.ofSeconds(10),
            500,
            Set.of(EngineVersion.V4));

    private final EmbeddedChannel channel = new EmbeddedChannel(new WebSocketFrames(new EngineSessions(SETTINGS)));

    @BeforeEach
    void freeze() {
        channel.freezeTime();
    }

    @Test
    void client_that_reads_nothing_for_ten_seconds_is_disconnected() {
        writable(false);
        pass(9_999);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void client_that_reads_something_in_time_stays_connected() {
        writable(false);
        pass(9_999);
        writable(true);
        writable(false);
        pass(9_999);
        assertThat(channel.isOpen()).isTrue();
        writable(true);
        pass(60_000);
        assertThat(channel.isOpen()).isTrue();
        channel.close();
    }

    @Test
    void client_that_reads_slowly_stays_connected_until_it_reads_nothing() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        ByteBuf page = Unpooled.buffer(600_000).writeZero(600_000);
        buffer.addMessage(page, page.readableBytes(), channel.voidPromise());
        buffer.addFlush();
        writable(false);
        for (int i = 0; i < 20; i++) {
            pass(9_999);
            buffer.progress(1);
            pass(1);
            assertThat(channel.isOpen()).isTrue();
        }
        pass(9_999);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void disconnected_client_has_no_timer() {
        writable(false);
        channel.close();
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    private void writable(boolean wanted) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, wanted);
        channel.runPendingTasks();
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }
}
