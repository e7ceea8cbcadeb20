package io.roomcast.chat.socketio.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;

/** A connection whose writer and reader may be two threads. */
final class RedisConnection extends Connection {
    RedisConnection(RedisSockets sockets, JedisClientConfig config) {
        super(sockets, config);
    }

    /** Sends what is buffered. Otherwise jedis does so before it reads a reply. */
    @Override
    public void flush() {
        super.flush();
    }
}
