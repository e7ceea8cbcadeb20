package io.roomcast.chat.socketio.host;

import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.redis.RedisBus;
import java.util.Map;

/** Creates a bus in code and by a variable, and prints it or why it cannot be created. */
final class RedisMain {
    private RedisMain() {}

    public static void main(String[] arguments) {
        try {
            System.out.println(RedisBus.connect("redis://localhost"));
        } catch (IllegalStateException refused) {
            System.out.println(refused);
        }
        Map<String, String> variables = Map.of("CHAT_CLUSTER", "redis://localhost");
        System.out.println(ChatServer.builder().fromEnvironment(variables).mistakes());
    }
}
