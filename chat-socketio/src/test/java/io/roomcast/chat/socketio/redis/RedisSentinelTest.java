package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.testkit.RecordingListener;
import io.roomcast.chat.testkit.ReservedPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

@RequiresPrograms({"redis-server", "redis-sentinel"})
class RedisSentinelTest extends RedisCase {
    private final RecordingListener listener = new RecordingListener();

    @Test
    void bus_follows_a_failover() {
        RedisServer first = closed(RedisServer.start());
        RedisServer replica = closed(RedisServer.start("--replicaof", "127.0.0.1 " + first.port()));
        RedisServer sentinel = closed(RedisServer.sentinelOf(first));
        eventually(() -> assertThat(sentinel.info("sentinel")).contains("slaves=1"));
        int unreachable = ReservedPort.choose();
        RedisBus bus = open(
                "redis-sentinel://127.0.0.1:" + unreachable + ",127.0.0.1:" + sentinel.port() + "/mymaster", listener);
        result(bus.subscribe(List.of("c:1")));
        awaitConnected(listener);
        bus.putEntry("c:1", bytes("entry"));
        first.kill();
        awaitLost(listener);
        awaitConnected(listener);
        bus.publish("c:1", bytes("hello"));

        eventually(() -> assertThat(listener.receivedIn("c:1")).containsExactly("hello"));
        eventually(() -> assertThat(result(bus.readEntries(List.of("c:1")))).isNotEmpty());
        assertThat(replica.info("replication")).contains("role:master");
    }

    @Test
    void sentinel_that_does_not_know_the_name_is_no_server() {
        RedisServer first = closed(RedisServer.start());
        RedisServer sentinel = closed(RedisServer.sentinelOf(first));
        assertThat(sentinel.command(Command.PING)).isNotNull();
        RedisBus bus = open("redis-sentinel://127.0.0.1:" + sentinel.port() + "/other", listener);
        bus.publish("c:1", bytes("lost"));

        eventually(() -> assertThat(listener.unacknowledged()).contains("c:1"));
        assertThat(listener.states()).isEmpty();
    }
}
