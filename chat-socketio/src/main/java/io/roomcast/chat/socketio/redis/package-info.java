/**
 * The bus between nodes over Redis, {@link io.roomcast.chat.socketio.redis.RedisBus}; needs {@code redis.clients:jedis} on
 * the class path.
 */
@NullMarked
package io.roomcast.chat.socketio.redis;

import org.jspecify.annotations.NullMarked;
