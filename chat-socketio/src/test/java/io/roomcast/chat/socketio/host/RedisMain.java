package io.roomcast.chat.socketio.host;

import io.roomcast.chat.socketio.redis.RedisBus;

/** Creates a bus and prints it, or why it cannot be created. */
final class RedisMain {
    private RedisMain() {}

    public static void main(String[] arguments) {
        try {
            System.out.println(RedisBus.connect("redis://localhost"));
        } catch (IllegalStateException refused) {
            System.out.println(refused);
        }
    }
}
