package io.roomcast.chat.socketio.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HeartbeatTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final EngineSettings SETTINGS = new EngineSettings(
            INTERVAL,
            INTERVAL,
            Duration.ofSeconds(10),
            1 << 16,
            1 << 16,
            1 << 20,
            Duration.ofSeconds(10),
            500,
            EnumSet.allOf(EngineVersion.class));

    private final EventLoop loop = new DefaultEventLoop();
    private final CountDownLatch pings = new CountDownLatch(1);
    private final CountDownLatch timeouts = new CountDownLatch(1);
    private final Heartbeat heartbeat =
            new Heartbeat(loop, SETTINGS, EngineVersion.V4, pings::countDown, timeouts::countDown);

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void client_that_sends_no_heartbeat_times_out() throws Exception {
        loop.submit(heartbeat::restart).sync();
        assertThat(pings.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(timeouts.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void timeout_has_passed_while_the_loop_is_too_busy_to_run_its_timer() throws Exception {
        loop.submit(() -> {
                    heartbeat.extend();
                    assertThat(heartbeat.isOverdue()).isFalse();
                    while (!heartbeat.isOverdue()) {
                        // keeps the event loop busy
                    }
                    assertThat(timeouts.getCount()).isOne();
                    heartbeat.restart();
                    assertThat(heartbeat.isOverdue()).isFalse();
                })
                .sync();
    }
}
