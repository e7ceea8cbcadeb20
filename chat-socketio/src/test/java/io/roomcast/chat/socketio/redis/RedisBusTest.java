package io.roomcast.chat.socketio.redis;

import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.testkit.BusHarness;
import io.roomcast.chat.testkit.ClusterBusContract;
import io.roomcast.chat.testkit.FaultProxy;

@RequiresPrograms({"redis-server", "redis-sentinel"})
class RedisBusTest extends ClusterBusContract {
    @Override
    protected BusHarness newHarness() {
        return new RedisHarness();
    }

    /** A server behind a proxy that can refuse connections. */
    private static final class RedisHarness implements BusHarness {
        private final RedisServer server = RedisServer.start();
        private final FaultProxy proxy = new FaultProxy(server.port());

        @Override
        public ClusterBus newBus() {
            return RedisBus.connect("redis://127.0.0.1:" + proxy.port());
        }

        @Override
        public void disconnect() {
            proxy.down();
        }

        @Override
        public void reconnect() {
            proxy.up();
        }

        @Override
        public void restartEmpty() {
            server.kill();
            server.restart();
        }

        @Override
        public void close() {
            proxy.close();
            server.close();
        }
    }
}
