package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.testkit.FaultProxy;
import io.roomcast.chat.testkit.RecordingListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

@RequiresPrograms({"redis-server", "redis-sentinel"})
class RedisOutageTest extends RedisCase {
    private final RecordingListener listener = new RecordingListener();
    private final RedisServer server = closed(RedisServer.start());
    private final FaultProxy proxy = closed(new FaultProxy(server.port()));
    private final RedisBus bus = open("redis://127.0.0.1:" + proxy.port(), listener);

    private enum Fault {
        KILLED {
            @Override
            void begin(RedisServer server, FaultProxy proxy) {
                server.kill();
            }

            @Override
            void end(RedisServer server, FaultProxy proxy) {
                server.restart();
            }
        },
        PAUSED {
            @Override
            void begin(RedisServer server, FaultProxy proxy) {
                server.pause();
            }

            @Override
            void end(RedisServer server, FaultProxy proxy) {
                server.resume();
            }
        },
        CUT {
            @Override
            void begin(RedisServer server, FaultProxy proxy) {
                proxy.down();
            }

            @Override
            void end(RedisServer server, FaultProxy proxy) {
                proxy.up();
            }
        },
        STALLED {
            @Override
            void begin(RedisServer server, FaultProxy proxy) {
                proxy.stall();
            }

            @Override
            void end(RedisServer server, FaultProxy proxy) {
                proxy.flow();
            }
        },
        STALLED_TO_THE_CLIENT {
            @Override
            void begin(RedisServer server, FaultProxy proxy) {
                proxy.stallAnswers();
            }

            @Override
            void end(RedisServer server, FaultProxy proxy) {
                proxy.flow();
            }
        };

        abstract void begin(RedisServer server, FaultProxy proxy);

        abstract void end(RedisServer server, FaultProxy proxy);
    }

    @ParameterizedTest
    @EnumSource
    void loss_is_detected_and_the_bus_returns_by_itself(Fault fault) {
        result(bus.subscribe(List.of("c:1")));
        bus.putEntry("c:1", bytes("entry"));
        awaitConnected(listener);
        long begun = System.nanoTime();
        fault.begin(server, proxy);
        awaitLost(listener);
        // Without a heartbeat of its own for 6 s; the rest is for a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));
        bus.publish("c:1", bytes("lost"));
        eventually(() -> assertThat(listener.unacknowledged()).contains("c:1"));
        fault.end(server, proxy);
        awaitConnected(listener);
        bus.publish("c:1", bytes("again"));

        eventually(() -> assertThat(listener.receivedIn("c:1")).containsExactly("again"));
        eventually(() ->
                assertThat(result(bus.readEntries(List.of("c:1"))).get("c:1")).hasSize(1));
    }

    @Test
    void lost_connection_of_one_kind_ends_both() {
        awaitConnected(listener);
        server.command(Command.CLIENT, "KILL", "TYPE", "pubsub");
        awaitLost(listener);
        awaitConnected(listener);

        assertThat(listener.states()).containsExactly("connected", "disconnected", "connected");
    }

    @Test
    void outage_is_one_warning_and_the_return_one_line() {
        awaitConnected(listener);
        try (LogLines log = LogLines.capture()) {
            server.kill();
            awaitLost(listener);
            // Several attempts fail meanwhile; none of them is logged.
            IntStream.range(0, 200).forEach(i -> {
                bus.publish("c:" + i, bytes("lost"));
                eventually(() -> assertThat(listener.unacknowledged()).contains("c:" + i));
            });
            server.restart();
            awaitConnected(listener);

            eventually(() -> assertThat(log.of(RedisBus.class)).hasSize(2));
            assertThat(log.of(RedisBus.class).get(0))
                    .contains("WARN", "Redis at redis://127.0.0.1:" + proxy.port(), "cannot be reached");
            assertThat(log.of(RedisBus.class).get(1)).contains("INFO", "is connected");
        }
    }

    @Test
    void frames_that_a_stalled_server_does_not_accept_are_bounded_and_reported() {
        awaitConnected(listener);
        proxy.stall();
        byte[] large = new byte[60_000];
        IntStream.range(0, 1_000).forEach(i -> bus.publish("c:" + i, large));

        eventually(() -> assertThat(listener.unacknowledged()).contains("c:999"));
        eventually(() -> assertThat(listener.unacknowledged()).hasSizeGreaterThanOrEqualTo(900));
        proxy.flow();
        awaitConnected(listener);
    }

    @Test
    void node_that_reads_too_slowly_is_disconnected_by_redis_and_returns() {
        server.command(Command.CONFIG, "SET", "client-output-buffer-limit", "pubsub 1mb 1mb 1");
        result(bus.subscribe(List.of("c:1")));
        awaitConnected(listener);
        List<?> channels = (List<?>) server.command(Command.PUBSUB, "CHANNELS", "*c:1");
        String channel = new String((byte[]) channels.get(0), StandardCharsets.UTF_8);
        proxy.stallAnswers();
        // More than the connections and the proxy hold
        IntStream.range(0, 20).forEach(i -> server.command(Command.PUBLISH, channel, "x".repeat(2_000_000)));

        eventually(() -> assertThat(server.log()).contains("overcoming of output buffer limits"));
        awaitLost(listener);
        proxy.flow();
        awaitConnected(listener);
        bus.publish("c:1", bytes("again"));
        eventually(() -> assertThat(listener.receivedIn("c:1")).contains("again"));
    }

    @Test
    void server_that_became_a_replica_is_left() {
        RedisServer other = closed(RedisServer.start());
        awaitConnected(listener);
        server.command(Command.REPLICAOF, "127.0.0.1", "" + other.port());
        bus.putEntry("c:1", bytes("entry"));
        awaitLost(listener);
        server.command(Command.REPLICAOF, "NO", "ONE");
        awaitConnected(listener);

        eventually(() -> assertThat(result(bus.readEntries(List.of("c:1")))).isNotEmpty());
    }

    @Test
    void ten_thousand_channels_are_subscribed_again() {
        List<String> channels =
                IntStream.rangeClosed(0, 10_000).mapToObj(i -> "c:" + i).toList();
        result(bus.subscribe(channels));
        awaitConnected(listener);
        server.kill();
        awaitLost(listener);
        server.restart();
        awaitConnected(listener);
        channels.forEach(channel -> bus.publish(channel, bytes("x")));

        eventually(() -> assertThat(listener.received()).hasSize(channels.size()));
    }

    @Test
    void slow_connection_delays_frames_and_loses_none() {
        proxy.throttle(200_000);
        result(bus.subscribe(List.of("c:1")));
        awaitConnected(listener);
        IntStream.range(0, 500).forEach(i -> bus.publish("c:1", bytes("x".repeat(300) + i)));

        eventually(() -> assertThat(listener.receivedIn("c:1")).hasSize(500));
        assertThat(listener.states()).containsExactly("connected");
    }

    @Test
    void ten_thousand_entries_are_written_again() {
        Map<String, byte[]> entries = new HashMap<>();
        IntStream.range(0, 10_000).forEach(i -> entries.put("c:" + i, bytes("entry " + i)));
        entries.forEach(bus::putEntry);
        awaitConnected(listener);
        server.kill();
        awaitLost(listener);
        server.restart();
        awaitConnected(listener);

        eventually(() -> assertThat(result(bus.readEntries(entries.keySet()))).hasSize(entries.size()));
    }
}
